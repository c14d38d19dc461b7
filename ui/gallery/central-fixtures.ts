/// Made-up data of a licensing server with a small fleet.
import type * as Central from '../src/api/central/fleet';
import { hours, random, uuid } from './box-fixtures';

const NOW = Date.now();
const iso = (msAgo: number) => new Date(NOW - msAgo).toISOString();
const MIN = 60_000;
const DAY = 24 * 60 * MIN;

export const person = { login: 'fleet', name: 'Нұрлан Оспанов', role: 'FLEET', mustChangePassword: false };

const PLACES: [string, string][] = [
  ['ТОО «Дала Сервис»', 'Астана'], ['Клиника «Шипа»', 'Алматы'], ['КСК «Көктем»', 'Қарағанды'], ['ИП Ким', 'Павлодар'],
  ['АО «Жол»', 'Шымкент'], ['ТОО «Теміртау Жылу»', 'Теміртау'], ['Аптеки «Емдеу»', 'Өскемен'], ['Лицей № 12', 'Көкшетау'],
  ['ТОО «Арман Логистик»', 'Ақтөбе'], ['Стоматология «Күлкі»', 'Тараз'], ['ОЮЛ «Береке»', 'Атырау'],
];

const dice = random(3);

export const boxes: Central.Box[] = PLACES.map(([organisation, site], i) => {
  const state = i === 9 ? 'NEVER_SEEN' : i === 7 ? 'REVOKED' : i === 4 ? 'OFFLINE' : 'ONLINE';
  const online = state === 'ONLINE';
  const channels = [30, 60, 10, 10, 120, 30, 60, 10, 60, 30, 120][i]!;
  const credited = Math.round(20_000_000 + dice() * 80_000_000);
  return {
    id: uuid(900 + i), serial: `QB-26-${String(1041 + i * 7).padStart(5, '0')}`, organisation, site, state, enrolledAt: iso((90 - i * 4) * DAY),
    usageMessages: state === 'NEVER_SEEN' ? 0 : Math.round(dice() * 60_000), creditedTiyn: credited,
    ...(state === 'NEVER_SEEN' ? {} : {
      version: i === 4 ? '0.0.9' : '0.1.0', lastSeen: iso(online ? 8000 + i * 2000 : (i === 7 ? 12 : 2) * DAY), certificateExpires: iso(-(i === 2 ? 9 : 300) * DAY),
      asterisk: online ? 'READY' : 'UNKNOWN', trunkReachable: i !== 5, activeCalls: online ? Math.round(channels * dice() * 0.8) : 0, channelLimit: channels,
      outboxDepth: i === 4 ? 812 : i === 8 ? 14 : 0, diskUsedPercent: i === 6 ? 93 : Math.round(18 + dice() * 45), alarms: i === 5 ? ['TRUNK_DOWN'] : i === 6 ? ['DISK_NEARLY_FULL'] : [],
      usedTiyn: Math.round(credited * 0.4), availableTiyn: Math.round(credited * 0.6),
      license: { version: 3, expires: iso(-(i === 2 ? 6 : 220) * DAY), modules: ['calls', 'recording', 'recognition'], channels, callsPerMinute: channels * 4 },
    }),
  };
});

export const fleet: Central.Fleet = {
  boxes: boxes.length, online: boxes.filter((b) => b.state === 'ONLINE').length, offline: 1, neverSeen: 1, activeCalls: boxes.reduce((sum, b) => sum + (b.activeCalls ?? 0), 0),
  today: { attempts: 21_480, answered: 12_905, answeredSeconds: 251_000, amountTiyn: 41_231_700 }, hours: hours(48, 3100),
  alarms: [
    { at: iso(12 * MIN), boxId: uuid(905), kind: 'TRUNK_DOWN', detail: 'The carrier does not answer OPTIONS.' },
    { at: iso(70 * MIN), boxId: uuid(906), kind: 'DISK_NEARLY_FULL', detail: '93 % used' },
    { at: iso(2 * DAY), boxId: uuid(904), kind: 'OFFLINE', detail: 'No heartbeat for 5 minutes.' },
  ],
};

export const timeline: Central.TimelineEntry[] = [
  { at: iso(9 * MIN), boxId: uuid(900), kind: 'CREDITED', detail: '150 000,00 ₸, invoice 1180', by: 'billing' },
  { at: iso(3 * 60 * MIN), boxId: uuid(900), kind: 'ONLINE', detail: 'Heartbeat after 4 min 10 s of silence.' },
  { at: iso(3.1 * 60 * MIN), boxId: uuid(900), kind: 'OFFLINE', detail: 'No heartbeat for 60 s.' },
  { at: iso(12 * DAY), boxId: uuid(900), kind: 'LICENSE_ISSUED', detail: 'Version 3, 30 channels', by: 'fleet' },
  { at: iso(90 * DAY), boxId: uuid(900), kind: 'ENROLLED', detail: 'Certificate issued.' },
];

export const claims: Central.Claim[] = [
  { id: uuid(801), organisation: 'ТОО «Қала Су»', site: 'Астана, склад', createdAt: iso(2 * 60 * MIN), expires: iso(-70 * 60 * MIN), state: 'OPEN' },
  { id: uuid(802), organisation: 'ТОО «Дала Сервис»', site: 'Астана', createdAt: iso(90 * DAY), expires: iso(87 * DAY), state: 'USED', boxId: uuid(900) },
  { id: uuid(803), organisation: 'ИП Сериков', site: 'Семей', createdAt: iso(20 * DAY), expires: iso(17 * DAY), state: 'EXPIRED' },
];
