import type { components, paths } from '../../generated/central';
import { answer, door } from '../door';

const central = door<paths>();

type Schemas = components['schemas'];
export type Promotion = Schemas['Promotion'];
export type PromotionState = Schemas['PromotionState'];
export type PromotionOutlet = Schemas['PromotionOutlet'];
export type PromotionPage = Schemas['PromotionPage'];
export type PromotionForm = Schemas['PromotionForm'];
export type PromotionBox = Schemas['PromotionBox'];
export type Publication = Schemas['Publication'];

export interface PromotionFilter {
  state?: PromotionState;
  organisationId?: string;
}

/// What is to be removed first, by when it is due.
export function promotions(filter: PromotionFilter, page: number, size: number): Promise<PromotionPage> {
  return answer(central.GET('/promotions', { params: { query: { ...filter, page, size } } }));
}

export function onePromotion(promotionId: string): Promise<Promotion> {
  return answer(central.GET('/promotions/{promotionId}', { params: { path: { promotionId } } }));
}

/// The boxes of a customer.
export function promotionBoxes(organisationId: string): Promise<PromotionBox[]> {
  return answer(central.GET('/promotions/boxes', { params: { query: { organisationId } } }));
}

export function enterPromotion(form: PromotionForm): Promise<Promotion> {
  return answer(central.POST('/promotions', { body: form }));
}

export function publish(promotionId: string, outlet: PromotionOutlet, place: string, at: string): Promise<Promotion> {
  return answer(central.POST('/promotions/{promotionId}/publications', { params: { path: { promotionId } }, body: { outlet, place, at } }));
}

export function withdrawPromotion(promotionId: string, askedBy: string, askedAt: string): Promise<Promotion> {
  return answer(central.POST('/promotions/{promotionId}/withdrawal', { params: { path: { promotionId } }, body: { askedBy, askedAt } }));
}

export function removePublication(promotionId: string, publicationId: string, at: string): Promise<Promotion> {
  return answer(central.POST('/promotions/{promotionId}/publications/{publicationId}/removal', { params: { path: { promotionId, publicationId } }, body: { at } }));
}
