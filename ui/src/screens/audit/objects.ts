import { seesComplaints } from '../../state/rights';

/// Things that have a page of their own, by how the log names them.
const PAGES: Record<string, string> = { campaign: '#/campaigns/', call: '#/calls/', list: '#/lists/', box: '#/boxes/', complaint: '#/complaints/' };

/// Where an entry's object can be looked at, if anywhere.
export function linkOf(object: string): { kind: string; id: string; href: string } | undefined {
  const [, kind, id] = /^([a-z]+)\/([0-9a-f]{8}-[0-9a-f-]{27})$/.exec(object) ?? [];
  const page = kind && (kind !== 'complaint' || seesComplaints()) && PAGES[kind];
  return page && id ? { kind, id, href: page + id } : undefined;
}
