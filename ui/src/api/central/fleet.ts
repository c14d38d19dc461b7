import type { components, paths } from '../../generated/central';
import { answer, door } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type Box = Schemas['Box'];
export type BoxState = Box['state'];
export type Claim = Schemas['Claim'];
export type ClaimOrder = Schemas['ClaimOrder'];
export type ClaimTicket = Schemas['ClaimTicket'];
export type CreditOrder = Schemas['CreditOrder'];
export type Fleet = Schemas['Fleet'];
export type HourOfUsage = Schemas['HourOfUsage'];
export type LicenseOrder = Schemas['LicenseOrder'];
export type TimelineEntry = Schemas['TimelineEntry'];

export function fleet(): Promise<Fleet> {
  return answer(central.GET('/fleet'));
}

export function boxes(search: string, state?: BoxState): Promise<Box[]> {
  const query = { ...(search ? { search } : {}), ...(state ? { state } : {}) };
  return answer(central.GET('/boxes', { params: { query } }));
}

export function oneBox(boxId: string): Promise<Box> {
  return answer(central.GET('/boxes/{boxId}', at(boxId)));
}

export function boxUsage(boxId: string, hours: number): Promise<HourOfUsage[]> {
  return answer(central.GET('/boxes/{boxId}/usage', { params: { path: { boxId }, query: { hours } } }));
}

export function boxTimeline(boxId: string): Promise<TimelineEntry[]> {
  return answer(central.GET('/boxes/{boxId}/timeline', at(boxId)));
}

export function creditBox(boxId: string, order: CreditOrder): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/credits', { ...at(boxId), body: order }));
}

export function revokeBox(boxId: string, reason: string): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/revocation', { ...at(boxId), body: { reason } }));
}

export function issueLicense(boxId: string, order: LicenseOrder): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/license', { ...at(boxId), body: order }));
}

export function claims(): Promise<Claim[]> {
  return answer(central.GET('/claims'));
}

export function createClaim(order: ClaimOrder): Promise<ClaimTicket> {
  return answer(central.POST('/claims', { body: order }));
}

export function fleetUsage(hours: number): Promise<HourOfUsage[]> {
  return answer(central.GET('/usage', { params: { query: { hours } } }));
}

function at(boxId: string) {
  return { params: { path: { boxId } } };
}
