import type { components, paths } from '../../generated/central';
import { answer, door } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type Contract = Schemas['Contract'];
export type Registration = NonNullable<Contract['registration']>;
export type Benefit = Contract['benefits'][number];
export type BenefitExit = Schemas['BenefitExit'];
export type PlanStanding = Contract['plans'][number];
export type PlanName = Schemas['PlanName'];
export type Demand = Contract['demands'][number];
export type DemandOrder = Schemas['DemandOrder'];
export type ToldNotice = Contract['notices'][number];

export function contractOf(organisationId: string): Promise<Contract> {
  return answer(central.GET('/accounts/{organisationId}/contract', { params: { path: { organisationId } } }));
}

export function register(organisationId: string, orgKey: string, legalName: string): Promise<Contract> {
  return answer(central.PUT('/accounts/{organisationId}/registration', { params: { path: { organisationId } }, body: { orgKey, legalName } }));
}

export function closeAccount(organisationId: string, reason: string): Promise<Contract> {
  return answer(central.POST('/accounts/{organisationId}/closing', { params: { path: { organisationId } }, body: { reason } }));
}

export function sourceConnected(organisationId: string, at: string): Promise<Contract> {
  return answer(central.POST('/accounts/{organisationId}/sources', { params: { path: { organisationId } }, body: { at } }));
}

export function buyPlan(organisationId: string, plan: PlanName, months: number): Promise<Contract> {
  return answer(central.POST('/accounts/{organisationId}/plans', { params: { path: { organisationId } }, body: { plan, months } }));
}

export function confirmBenefit(organisationId: string, benefitId: string, evidence: string): Promise<Contract> {
  const params = { path: { organisationId, benefitId } };
  return answer(central.POST('/accounts/{organisationId}/benefits/{benefitId}/confirmation', { params, body: { conditions: true, recalculation: true, evidence } }));
}

export function benefitExit(organisationId: string, benefitId: string): Promise<BenefitExit> {
  return answer(central.GET('/accounts/{organisationId}/benefits/{benefitId}/exit', { params: { path: { organisationId, benefitId } } }));
}

export function makeDemand(organisationId: string, order: DemandOrder): Promise<Contract> {
  return answer(central.POST('/accounts/{organisationId}/demands', { params: { path: { organisationId } }, body: order }));
}

export function endDemand(demandId: string, state: 'MET' | 'WITHDRAWN', note: string): Promise<void> {
  return answer(central.POST('/demands/{demandId}/decision', { params: { path: { demandId } }, body: { state, note } }));
}
