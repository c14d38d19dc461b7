/// What can be done about a complaint and what is to be done next, by the rules of the back end.
import type { Complaint, Step } from '../../../api/central/complaints';

/// Whether the customer was asked and has let his time pass. The clock goes on after the answer of the back end.
export function isUnanswered(complaint: Complaint, now: number): boolean {
  return complaint.unanswered || (complaint.state === 'EVIDENCE_REQUESTED' && complaint.evidenceDue !== undefined && Date.parse(complaint.evidenceDue) <= now);
}

/// The steps that are possible now, the likeliest first.
export function stepsOf(complaint: Complaint, now: number): Step[] {
  const lift: Step[] = complaint.standing === 'CONFIRMED' ? ['LIFT'] : [];
  switch (complaint.state) {
    case 'RECEIVED':
      return ['REVIEW'];
    case 'UNDER_REVIEW':
      return ['REQUEST_EVIDENCE', 'CONFIRM', 'REJECT'];
    case 'EVIDENCE_REQUESTED':
      return isUnanswered(complaint, now) ? ['CONFIRM', 'REJECT'] : ['REJECT'];
    case 'EVIDENCE_RECEIVED':
      return ['CONFIRM', 'REJECT', 'REQUEST_EVIDENCE'];
    case 'CONFIRMED_SPAM':
    case 'REJECTED':
      return ['CLOSE', ...lift];
    case 'CLOSED':
      return lift;
  }
}

/// What is due: of the customer until some time, or of us.
export type Due = { of: 'customer'; until: string; over: boolean } | { of: 'us'; what: 'review' | 'judge' | 'decide' | 'close' };

export function dueOf(complaint: Complaint, now: number): Due | undefined {
  switch (complaint.state) {
    case 'RECEIVED':
      return { of: 'us', what: 'review' };
    case 'UNDER_REVIEW':
      return { of: 'us', what: 'judge' };
    case 'EVIDENCE_REQUESTED':
      return { of: 'customer', until: complaint.evidenceDue ?? complaint.stateSince, over: isUnanswered(complaint, now) };
    case 'EVIDENCE_RECEIVED':
      return { of: 'us', what: 'decide' };
    case 'CONFIRMED_SPAM':
    case 'REJECTED':
      return { of: 'us', what: 'close' };
    case 'CLOSED':
      return undefined;
  }
}
