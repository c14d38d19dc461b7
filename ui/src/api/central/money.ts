import type { components, paths } from '../../generated/central';
import { answer, door } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type Account = Schemas['Account'];
export type Decision = Schemas['Decision'];
export type Proposal = Schemas['Proposal'];
export type ProposalKind = Schemas['ProposalKind'];
/// What is proposed from a customer's page by amount or posting.
export type CorrectionKind = Extract<ProposalKind, 'COMPENSATION' | 'PENALTY' | 'REVERSAL'>;
export type ProposalOrder = Schemas['ProposalOrder'];
export type RatingCase = Schemas['RatingCase'];
export type Tariff = Schemas['Tariff'];
export type TopUp = Schemas['TopUp'];
export type TopUpOrder = Schemas['TopUpOrder'];
export type WalletName = Schemas['WalletName'];

export const WALLETS: WalletName[] = ['AUTOCALL', 'ANALYTICS', 'ANALYTICS_BONUS', 'XTRACK'];

/// Those that can be paid into: promotional units are given.
export const PAID_WALLETS: WalletName[] = WALLETS.filter((wallet) => wallet !== 'ANALYTICS_BONUS');

export function accounts(): Promise<Account[]> {
  return answer(central.GET('/accounts'));
}

export function oneAccount(organisationId: string): Promise<Account> {
  return answer(central.GET('/accounts/{organisationId}', { params: { path: { organisationId } } }));
}

export function topUp(organisationId: string, order: TopUpOrder): Promise<Account> {
  return answer(central.POST('/accounts/{organisationId}/top-ups', { params: { path: { organisationId } }, body: order }));
}

export function tariffs(): Promise<Tariff[]> {
  return answer(central.GET('/tariffs'));
}

/// Where boxes and central do not agree on a price, newest first.
export function ratingCases(state: 'OPEN' | 'ALL'): Promise<RatingCase[]> {
  return answer(central.GET('/rating-cases', { params: { query: { state } } }));
}

export function closeRatingCase(caseId: string, note: string): Promise<void> {
  return answer(central.POST('/rating-cases/{caseId}/closing', { params: { path: { caseId } }, body: { note } }));
}

export function proposals(state: 'OPEN' | 'ALL'): Promise<Proposal[]> {
  return answer(central.GET('/proposals', { params: { query: { state } } }));
}

export function propose(order: ProposalOrder): Promise<Proposal> {
  return answer(central.POST('/proposals', { body: order }));
}

export function decide(proposalId: string, decision: Decision): Promise<Proposal> {
  return answer(central.POST('/proposals/{proposalId}/decision', { params: { path: { proposalId } }, body: decision }));
}
