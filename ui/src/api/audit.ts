/// The audit log, which box and central offer in the same form.
import type { components, paths } from '../generated/box';
import { answer, door } from './door';

const either = door<Pick<paths, '/audit' | '/audit/verification'>>();

export type AuditArea = components['schemas']['AuditArea'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditVerification = components['schemas']['AuditVerification'];

export interface AuditFilter {
  area?: AuditArea | undefined;
  login?: string | undefined;
  from?: string | undefined;
}

/// What was done, newest first.
export function audit(filter: AuditFilter, size: number, before?: number): Promise<AuditEntry[]> {
  return answer(either.GET('/audit', { params: { query: { ...given(filter), size, ...(before ? { before } : {}) } } }));
}

export function verifyAudit(): Promise<AuditVerification> {
  return answer(either.GET('/audit/verification'));
}

/// Where the file of the entries is fetched.
export function auditFile(filter: AuditFilter): string {
  const query = new URLSearchParams(given(filter)).toString();
  return `/api/audit.csv${query ? `?${query}` : ''}`;
}

function given(filter: AuditFilter) {
  return {
    ...(filter.area ? { area: filter.area } : {}),
    ...(filter.login ? { login: filter.login } : {}),
    ...(filter.from ? { from: filter.from } : {}),
  };
}
