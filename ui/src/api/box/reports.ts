import type { components } from '../../generated/box';
import { answer, save } from '../door';
import { box } from './door';

export type CallReport = components['schemas']['CallReport'];
export type CallSums = components['schemas']['CallSums'];

/// What a report is asked for; days are Astana's, as `2026-11-24`.
export interface ReportFilter {
  from: string;
  to: string;
  campaignId?: string | undefined;
}

export const SIDES = ['CAMPAIGN', 'TRUNK', 'DAY', 'HOUR', 'REASON'] as const;
export type Side = (typeof SIDES)[number];

export function report({ from, to, campaignId }: ReportFilter): Promise<CallReport> {
  return answer(box.GET('/reports/calls', { params: { query: { from, to, ...(campaignId ? { campaignId } : {}) } } }));
}

export function saveReport({ from, to, campaignId }: ReportFilter, by: Side, format: 'CSV' | 'XLSX', language: string): Promise<void> {
  return save(`/reports/calls/file?${new URLSearchParams({ from, to, ...(campaignId ? { campaignId } : {}), by, format, language })}`);
}
