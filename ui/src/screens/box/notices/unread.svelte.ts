/// How many notices the owner has not dismissed, as far as these pages know; the bell shows it.
const unread = $state({ count: 0 });

export function unreadNotices(): number {
  return unread.count;
}

export function nowUnread(count: number): void {
  unread.count = count;
}
