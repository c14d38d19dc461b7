/// What a day leaves in the audit log.
import type { AuditEntry } from '../src/api/audit';

const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const entry = (line: number, minutes: number, who: [string, string], what: [AuditEntry['area'], string], rest: Partial<AuditEntry> = {}): AuditEntry => ({
  line,
  at: at(minutes),
  login: who[0],
  role: who[1],
  address: who[1] === 'PROGRAM' ? '' : '192.168.1.40',
  area: what[0],
  action: what[1],
  object: '',
  reason: '',
  detail: '',
  ...rest,
});

const OWNER: [string, string] = ['owner', 'OWNER'];
const OPERATOR: [string, string] = ['operator', 'OPERATOR'];
const TECHNICIAN: [string, string] = ['technician', 'TECHNICIAN'];
const CAMPAIGN = 'campaign/00000000-0000-4000-8000-000000000201';

export const auditEntries: AuditEntry[] = [
  entry(1206, 1, ['complaints', 'COMPLAINTS'], ['BLOCKS', 'COMPLAINT_EXAMINED'], { object: 'complaint/51f6a9d8-5d0e-4c1f-8a2b-000000000013', reason: 'Нужен источник номера и согласие.', detail: 'step=REQUEST_EVIDENCE' }),
  entry(1205, 2, OWNER, ['BLOCKS', 'COMPLAINT_ANSWERED'], { object: 'complaint/51f6a9d8-5d0e-4c1f-8a2b-000000000014', detail: 'application/pdf' }),
  entry(1204, 2, OWNER, ['CONTENT', 'RECORDING_PLAYED'], { object: 'call/00000000-0000-4000-8000-000000000301' }),
  entry(1203, 9, OPERATOR, ['BLOCKS', 'NUMBERS_BLOCKED'], { object: 'list/OWN', reason: 'Просил больше не звонить', detail: 'numbers=3' }),
  entry(1202, 15, OWNER, ['CAMPAIGNS', 'CAMPAIGN_STARTED'], { object: CAMPAIGN, ending: 'LIST_NOT_ATTESTED' }),
  entry(1201, 31, OWNER, ['CONTACTS', 'LIST_ATTESTED'], { object: 'list/00000000-0000-4000-8000-000000000101', reason: 'Клиенты магазина, согласие при покупке', detail: 'channels=1' }),
  entry(1200, 44, TECHNICIAN, ['TECHNICAL', 'MODEL_INSTALLED'], { object: 'model/vosk-model-ru-0.42', detail: 'ru' }),
  entry(1199, 47, ['unknown', ''], ['ACCESS', 'SIGN_IN_REFUSED']),
  entry(1198, 52, OPERATOR, ['ACCESS', 'NOT_ALLOWED'], { object: 'operation/cancelCampaign' }),
  entry(1197, 60, ['owner', 'OWNER'], ['ACCESS', 'SIGNED_IN']),
  entry(1196, 1600, ['billing', 'BILLING'], ['MONEY', 'CREDIT_GRANTED'], { object: 'box/00000000-0000-4000-8000-000000000001', reason: 'Счёт 118 от 27.11.2026', detail: 'amountTiyn=10000000 key=5e0c' }),
  entry(1195, 1700, ['fleet', 'FLEET'], ['FLEET', 'CERTIFICATE_REVOKED'], { object: 'box/00000000-0000-4000-8000-000000000002', reason: 'Бокс украден', ending: 'FAULT' }),
  entry(1194, 2000, ['box', 'PROGRAM'], ['TECHNICAL', 'PROGRAM_STARTED'], { detail: '0.1.0' }),
];
