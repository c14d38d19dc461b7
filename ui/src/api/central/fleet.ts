import type { components, paths } from '../../generated/central';
import { answer, door } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type BookStatement = Schemas['BookStatement'];
export type Box = Schemas['Box'];
export type LegalHold = Schemas['LegalHold'];
export type HoldOrder = Schemas['HoldOrder'];
export type BoxTrunk = Schemas['BoxTrunk'];
export type BoxState = Box['state'];
export type Claim = Schemas['Claim'];
export type ClaimOrder = Schemas['ClaimOrder'];
export type ClaimTicket = Schemas['ClaimTicket'];
export type Command = Schemas['Command'];
export type CommandName = Schemas['CommandName'];
export type CommandOrder = Schemas['CommandOrder'];
export type Fleet = Schemas['Fleet'];
export type HourOfUsage = Schemas['HourOfUsage'];
export type LeaseOrder = Schemas['LeaseOrder'];
export type LicenseOrder = Schemas['LicenseOrder'];
export type OpenSuspension = Schemas['OpenSuspension'];
export type NumbersAdded = Schemas['NumbersAdded'];
export type PoolNumber = Schemas['PoolNumber'];
export type RestorationOrder = Schemas['RestorationOrder'];
export type Suspension = Schemas['Suspension'];
export type SuspensionGround = Schemas['SuspensionGround'];
export type SuspensionOrder = Schemas['SuspensionOrder'];
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

export function setLease(boxId: string, order: LeaseOrder): Promise<Box> {
  return answer(central.PUT('/boxes/{boxId}/lease', { ...at(boxId), body: order }));
}

export function revokeLease(boxId: string, reason: string): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/lease/revocation', { ...at(boxId), body: { reason } }));
}

export function suspendBox(boxId: string, order: SuspensionOrder): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/suspension', { ...at(boxId), body: order }));
}

export function restoreBox(boxId: string, order: RestorationOrder): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/restoration', { ...at(boxId), body: order }));
}

export function poolNumbers(): Promise<PoolNumber[]> {
  return answer(central.GET('/numbers'));
}

export function addNumbers(numbers: string[]): Promise<NumbersAdded> {
  return answer(central.POST('/numbers', { body: { numbers } }));
}

export function removeNumber(number: string): Promise<void> {
  return answer(central.DELETE('/numbers/{number}', of(number)));
}

export function assignNumber(number: string, boxId: string, note: string): Promise<void> {
  return answer(central.PUT('/numbers/{number}/assignment', { ...of(number), body: { boxId, note } }));
}

export function releaseNumber(number: string, note: string): Promise<void> {
  return answer(central.DELETE('/numbers/{number}/assignment', { ...of(number), body: { note } }));
}

/// Addresses name a number by its digits alone.
function of(number: string) {
  return { params: { path: { number: number.replace('+', '') } } };
}

/// What is suspended in the fleet and still to be lifted, the oldest first.
export function openSuspensions(): Promise<OpenSuspension[]> {
  return answer(central.GET('/suspensions'));
}

export function commands(boxId: string): Promise<Command[]> {
  return answer(central.GET('/boxes/{boxId}/commands', at(boxId)));
}

export function giveCommand(boxId: string, order: CommandOrder): Promise<Command> {
  return answer(central.POST('/boxes/{boxId}/commands', { ...at(boxId), body: order }));
}

export function statements(boxId: string): Promise<BookStatement[]> {
  return answer(central.GET('/boxes/{boxId}/statements', at(boxId)));
}

/// Where a box's documents in force can be had as a file, to be carried to it.
export function documentsFile(boxId: string): string {
  return `/api/boxes/${boxId}/documents`;
}

export function acceptStatement(boxId: string, seq: number, note: string): Promise<BookStatement[]> {
  return answer(central.POST('/boxes/{boxId}/statements/{seq}/acceptance', { params: { path: { boxId, seq } }, body: { note } }));
}

export function revokeBox(boxId: string, reason: string): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/revocation', { ...at(boxId), body: { reason } }));
}

export function putOnHold(boxId: string, order: HoldOrder): Promise<Box> {
  return answer(central.POST('/boxes/{boxId}/legal-holds', { ...at(boxId), body: order }));
}

export function liftHold(boxId: string, holdId: string, reason: string): Promise<Box> {
  return answer(central.DELETE('/boxes/{boxId}/legal-holds/{holdId}', { params: { path: { boxId, holdId } }, body: { reason } }));
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
