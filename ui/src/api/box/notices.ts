import { answer } from '../door';
import { box, type NoticeCount, type Notices, type Warnings } from './door';

/// The newest notices, at most 400.
export function notices(query: { undismissed?: boolean; size?: number }): Promise<Notices> {
  return answer(box.GET('/notices', { params: { query } }));
}

export function dismissNotice(noticeId: string): Promise<void> {
  return answer(box.POST('/notices/{noticeId}/dismissal', { params: { path: { noticeId } } }));
}

/// Puts these aside, and no others that may have come meanwhile.
export function dismissNotices(ids: string[]): Promise<NoticeCount> {
  return answer(box.POST('/notices/dismissal', { body: { ids } }));
}

export function warnings(): Promise<Warnings> {
  return answer(box.GET('/warnings'));
}

export function setWarnings(thresholdsTiyn: number[], usualDay: boolean): Promise<Warnings> {
  return answer(box.PUT('/warnings', { body: { thresholdsTiyn, usualDay } }));
}
