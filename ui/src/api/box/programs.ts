import { answer } from '../door';
import { box } from './door';
import type { components } from '../../generated/box';

type Schemas = components['schemas'];
export type ApiKey = Schemas['ApiKey'];
export type ApiKeyOrder = Schemas['ApiKeyOrder'];
export type Scope = Schemas['Scope'];
export type StandingStatement = Schemas['StandingStatement'];
export type Webhook = Schemas['Webhook'];
export type EventKind = Schemas['EventKind'];
export type DeliveryPage = Schemas['DeliveryPage'];
export type Contract = 'OWN' | 'COMPATIBLE';

export function apiKeys(): Promise<ApiKey[]> {
  return answer(box.GET('/programs/keys'));
}

export function makeApiKey(order: ApiKeyOrder): Promise<Schemas['NewApiKey']> {
  return answer(box.POST('/programs/keys', { body: order }));
}

export function revokeApiKey(keyId: string): Promise<void> {
  return answer(box.DELETE('/programs/keys/{keyId}', { params: { path: { keyId } } }));
}

/// Lets a frozen key in again.
export function thawApiKey(keyId: string): Promise<void> {
  return answer(box.POST('/programs/keys/{keyId}/thaw', { params: { path: { keyId } } }));
}

export function webhooks(): Promise<Webhook[]> {
  return answer(box.GET('/webhooks'));
}

export function makeWebhook(url: string, events: EventKind[]): Promise<Schemas['NewWebhook']> {
  return answer(box.POST('/webhooks', { body: { url, events } }));
}

export function removeWebhook(webhookId: string): Promise<void> {
  return answer(box.DELETE('/webhooks/{webhookId}', { params: { path: { webhookId } } }));
}

export function testWebhook(webhookId: string): Promise<void> {
  return answer(box.POST('/webhooks/{webhookId}/test', { params: { path: { webhookId } } }));
}

export function deliveries(webhookId: string): Promise<DeliveryPage> {
  return answer(box.GET('/webhooks/{webhookId}/deliveries', { params: { path: { webhookId }, query: { size: 50 } } }));
}

export function deliverAgain(webhookId: string, eventId: string): Promise<void> {
  return answer(box.POST('/webhooks/{webhookId}/deliveries/{eventId}/again', { params: { path: { webhookId, eventId } } }));
}

/// What programs can do with a key, as an OpenAPI document.
export function apiDescription(contract: Contract): Promise<Record<string, unknown>> {
  return answer(box.GET('/programs/description', { params: { query: { contract } } })) as Promise<Record<string, unknown>>;
}
