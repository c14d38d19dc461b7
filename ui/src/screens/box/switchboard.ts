import type { License, Recognition, Telephony, Uplink } from '../../api/box/door';

/// How a lamp shines for each state of a part of the box.
export type LampTone = 'good' | 'signal' | 'bad' | 'off';

export function telephonyTone(telephony: Telephony): LampTone {
  if (telephony.asterisk === 'READY') return 'good';
  return telephony.asterisk === 'FAILED' || telephony.asterisk === 'PORT_TAKEN' ? 'bad' : 'signal';
}

export function trunkTone(telephony: Telephony): LampTone {
  if (telephony.asterisk !== 'READY') return 'off';
  return telephony.trunkReachable ? 'good' : 'bad';
}

/// What the box understands at this moment, in one word.
export type RecognitionWord = 'READY' | 'STARTING' | 'RESTARTING' | 'OVERLOADED' | 'FAILED' | 'NONE';

export function recognitionWord(recognition: Recognition): RecognitionWord {
  const states = recognition.languages.map((language) => language.state);
  if (states.length === 0) return 'NONE';
  if (states.includes('FAILED')) return 'FAILED';
  if (recognition.overloaded) return 'OVERLOADED';
  if (states.includes('RESTARTING')) return 'RESTARTING';
  return states.includes('STARTING') ? 'STARTING' : 'READY';
}

export function recognitionTone(recognition: Recognition): LampTone {
  switch (recognitionWord(recognition)) {
    case 'READY':
      return 'good';
    case 'NONE':
      return 'off';
    case 'FAILED':
      return 'bad';
    default:
      return 'signal';
  }
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

/// The key of its state in words; a suspension weighs more than that it is valid.
export function licenseWord(license: License): string {
  return license.suspension && (license.state === 'VALID' || license.state === 'IN_GRACE') ? 'SUSPENDED' : license.state;
}

export function licenseTone(license: License): LampTone {
  if (licenseWord(license) === 'SUSPENDED') return 'bad';
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
