import type { License, Telephony, Uplink } from '../../api/box/door';

/// How a lamp shines for each state of a part of the box.
export type LampTone = 'good' | 'signal' | 'bad' | 'off';

export function telephonyTone(telephony: Telephony): LampTone {
  if (telephony.asterisk === 'READY') return 'good';
  return telephony.asterisk === 'FAILED' ? 'bad' : 'signal';
}

export function trunkTone(telephony: Telephony): LampTone {
  if (telephony.asterisk !== 'READY') return 'off';
  return telephony.trunkReachable ? 'good' : 'bad';
}

export function uplinkTone(uplink: Uplink): LampTone {
  switch (uplink.state) {
    case 'ONLINE':
      return 'good';
    case 'CONNECTING':
      return 'signal';
    case 'OFFLINE':
      return 'bad';
    case 'NOT_ENROLLED':
      return 'off';
  }
}

export function licenseTone(license: License): LampTone {
  switch (license.state) {
    case 'VALID':
      return 'good';
    case 'IN_GRACE':
      return 'signal';
    case 'NONE':
      return 'off';
    default:
      return 'bad';
  }
}
