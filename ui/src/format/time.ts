/// All times are shown in the time of Astana, whatever the clock of the computer says.

/// Kazakhstan has been at UTC+5 since March 2024. A browser with an older time zone table would be an
/// hour off, so its table is tried first.
export const ZONE = zoneThatIsFiveHoursAhead();

const formatter = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

export interface CivilTime {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
}

export function civil(at: string | number | Date): CivilTime {
  const parts = Object.fromEntries(formatter.formatToParts(new Date(at)).map((p) => [p.type, p.value]));
  return parts as unknown as CivilTime;
}

/// `24.11.2026`
export function date(at: string | number | Date): string {
  const c = civil(at);
  return `${c.day}.${c.month}.${c.year}`;
}

/// `06:15` or `06:15:02`
export function clock(at: string | number | Date, seconds = false): string {
  const c = civil(at);
  return `${c.hour}:${c.minute}${seconds ? `:${c.second}` : ''}`;
}

/// `24.11.2026, 06:15`
export function dateTime(at: string | number | Date, seconds = false): string {
  return `${date(at)}, ${clock(at, seconds)}`;
}

/// `06:15` today, `23.11, 06:15` this year, the full date otherwise.
export function briefly(at: string | number | Date, now: number): string {
  const there = civil(at);
  const here = civil(now);
  if (there.year !== here.year) return dateTime(at);
  if (there.day === here.day && there.month === here.month) return clock(at);
  return `${there.day}.${there.month}, ${clock(at)}`;
}

/// A civil date without a time, `2026-11-24` to `24.11.2026`.
export function civilDate(isoDate: string): string {
  const [year, month, day] = isoDate.split('-');
  return `${day}.${month}.${year}`;
}

/// Today in Astana as `2026-11-24`, for date fields.
export function today(now: number, plusDays = 0): string {
  const c = civil(now + plusDays * 86_400_000);
  return `${c.year}-${c.month}-${c.day}`;
}

/// A moment as `2026-11-24T06:15` in Astana, for fields of a day and a time.
export function fieldTime(at: string | number | Date): string {
  const c = civil(at);
  return `${c.year}-${c.month}-${c.day}T${c.hour}:${c.minute}`;
}

/// The moment that such a field names; undefined if it names none.
export function momentOf(field: string): string | undefined {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(field) ? Date.parse(`${field.slice(0, 16)}:00+05:00`) : NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/// `0:07`, `12:30`, `1:02:03`
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/// How long ago, as a key of `ago.*` and the count that goes with it.
export function ago(at: string | number | Date, now: number): { key: string; count: number } {
  const seconds = Math.max(0, Math.floor((now - new Date(at).getTime()) / 1000));
  if (seconds < 5) return { key: 'ago.now', count: 0 };
  if (seconds < 60) return { key: 'ago.seconds', count: seconds };
  if (seconds < 3600) return { key: 'ago.minutes', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { key: 'ago.hours', count: Math.floor(seconds / 3600) };
  return { key: 'ago.days', count: Math.floor(seconds / 86_400) };
}

/// A length of time in words: the largest unit that says enough, as a key of `span.*`.
export function span(seconds: number): { key: string; count: number } {
  if (seconds < 90) return { key: 'span.seconds', count: Math.round(seconds) };
  if (seconds < 5400) return { key: 'span.minutes', count: Math.round(seconds / 60) };
  if (seconds < 129_600) return { key: 'span.hours', count: Math.round(seconds / 3600) };
  return { key: 'span.days', count: Math.round(seconds / 86_400) };
}

function zoneThatIsFiveHoursAhead(): string {
  const probe = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Almaty', hour: '2-digit', hourCycle: 'h23' });
  return probe.format(new Date('2026-01-01T00:00:00Z')) === '05' ? 'Asia/Almaty' : 'Etc/GMT-5';
}
