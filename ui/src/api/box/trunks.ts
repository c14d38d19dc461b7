import { answer } from '../door';
import { box } from './door';
import type { components } from '../../generated/box';

type Schemas = components['schemas'];
export type Trunk = Schemas['Trunk'];
export type TrunkForm = Schemas['TrunkForm'];
export type Trunks = Schemas['Trunks'];
export type TrunkDiagnosis = Schemas['TrunkDiagnosis'];

export function allTrunks(): Promise<Trunks> {
  return answer(box.GET('/trunks'));
}

/// @param id which one to change; a new one without it
export function keepTrunk(id: string | undefined, form: TrunkForm): Promise<Trunk> {
  return id ? answer(box.PUT('/trunks/{trunkId}', { params: { path: { trunkId: id } }, body: form })) : answer(box.POST('/trunks', { body: form }));
}

export function removeTrunk(trunkId: string): Promise<void> {
  return answer(box.DELETE('/trunks/{trunkId}', { params: { path: { trunkId } } }));
}

/// @param number whom to call at the end; nobody if it is empty
export function diagnoseTrunk(trunkId: string, number: string): Promise<TrunkDiagnosis> {
  return answer(box.POST('/trunks/{trunkId}/diagnosis', { params: { path: { trunkId } }, body: number ? { number } : {} }));
}

export function trunkDiagnosis(trunkId: string): Promise<TrunkDiagnosis> {
  return answer(box.GET('/trunks/{trunkId}/diagnosis', { params: { path: { trunkId } } }));
}
