import type { Trunk, TrunkForm } from '../../../api/box/trunks';

export type Codec = TrunkForm['codecs'][number];
export const CODECS: Codec[] = ['ALAW', 'ULAW', 'G722'];

/// What stands in the form: numbers as they are typed.
export interface Draft {
  name: string;
  host: string;
  port: string;
  transport: TrunkForm['transport'];
  /// Whether speech is encrypted; it counts only with TLS.
  srtp: boolean;
  /// Certificates of whoever vouches for the carrier; they count only with TLS.
  authority: string;
  user: string;
  password: string;
  codecs: Codec[];
  channelLimit: string;
  price: string;
  place: string;
  callerNumber: string;
  enabled: boolean;
}

export function draftOf(trunk: Trunk | undefined, pool: string[]): Draft {
  return {
    name: trunk?.name ?? '',
    host: trunk?.host ?? '',
    port: String(trunk?.port ?? 5060),
    transport: trunk?.transport ?? 'UDP',
    srtp: trunk?.media === 'SRTP',
    authority: trunk?.authority ?? '',
    user: trunk?.user ?? '',
    password: '',
    codecs: trunk?.codecs ?? ['ALAW', 'ULAW'],
    channelLimit: String(trunk?.channelLimit ?? 10),
    price: trunk?.price ?? '0',
    place: String(trunk?.place ?? 1),
    // A number that was taken away has to be replaced by somebody's choice.
    callerNumber: trunk === undefined ? (pool[0] ?? '') : pool.includes(trunk.callerNumber) ? trunk.callerNumber : '',
    enabled: trunk?.enabled ?? true,
  };
}

/// The port that goes with a transport, as long as nobody has typed another one.
export function portFor(transport: Draft['transport'], port: string): string {
  if (port.trim() === '5060' && transport === 'TLS') return '5061';
  return port.trim() === '5061' && transport !== 'TLS' ? '5060' : port;
}

/// The fields whose numbers cannot be sent.
export function wrongNumbers(draft: Draft): string[] {
  const within = (text: string, most: number) => /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;
  const wrong = [];
  if (!within(draft.port, 65535)) wrong.push('port');
  if (!within(draft.channelLimit, 1000)) wrong.push('channelLimit');
  if (!within(draft.place, 99)) wrong.push('place');
  return wrong;
}

export function formOf(draft: Draft, changes: number | undefined): TrunkForm {
  const user = draft.user.trim();
  return {
    name: draft.name.trim(),
    host: draft.host.trim(),
    port: Number(draft.port),
    transport: draft.transport,
    ...(draft.transport === 'TLS' ? { media: draft.srtp ? ('SRTP' as const) : ('PLAIN' as const) } : {}),
    ...(draft.transport === 'TLS' && draft.authority.trim() ? { authority: draft.authority.trim() } : {}),
    ...(user ? { user } : {}),
    ...(user && draft.password ? { password: draft.password } : {}),
    // Asterisk offers them in this order, the best first.
    codecs: CODECS.filter((codec) => draft.codecs.includes(codec)),
    channelLimit: Number(draft.channelLimit),
    price: draft.price.trim().replace(',', '.'),
    place: Number(draft.place),
    callerNumber: draft.callerNumber,
    enabled: draft.enabled,
    ...(changes === undefined ? {} : { changes }),
  };
}
