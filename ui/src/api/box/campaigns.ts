import { answer } from '../door';
import { box, type Breakdown, type Campaign, type CampaignAnswers, type CampaignEvent, type CampaignOrder, type Estimate, type Recipient, type RecipientPage } from './door';

export function campaigns(): Promise<Campaign[]> {
  return answer(box.GET('/campaigns'));
}

export function campaign(campaignId: string): Promise<Campaign> {
  return answer(box.GET('/campaigns/{campaignId}', at(campaignId)));
}

export function createCampaign(order: CampaignOrder): Promise<Campaign> {
  return answer(box.POST('/campaigns', { body: order }));
}

export function changeCampaign(campaignId: string, order: CampaignOrder): Promise<Campaign> {
  return answer(box.PUT('/campaigns/{campaignId}', { ...at(campaignId), body: order }));
}

export async function deleteCampaign(campaignId: string): Promise<void> {
  await answer(box.DELETE('/campaigns/{campaignId}', at(campaignId)));
}

export function estimate(campaignId: string): Promise<Estimate> {
  return answer(box.GET('/campaigns/{campaignId}/estimate', at(campaignId)));
}

export type Command = 'start' | 'pause' | 'resume' | 'cancel';

export function command(campaignId: string, command: Command): Promise<Campaign> {
  return answer(box.POST(`/campaigns/{campaignId}/${command}`, at(campaignId)));
}

export function campaignLog(campaignId: string): Promise<CampaignEvent[]> {
  return answer(box.GET('/campaigns/{campaignId}/log', at(campaignId)));
}

export type RecipientState = Recipient['state'];

/// Everybody whom a campaign was to reach, or those in one state.
export function recipients(campaignId: string, state: RecipientState | undefined, search: string, page: number, size: number): Promise<RecipientPage> {
  const query = { page, size, ...(state ? { state } : {}), ...(search ? { search } : {}) };
  return answer(box.GET('/campaigns/{campaignId}/recipients', { params: { path: { campaignId }, query } }));
}

/// Why each contact on the lists of a started campaign is not being called, counted.
export function breakdown(campaignId: string): Promise<Breakdown> {
  return answer(box.GET('/campaigns/{campaignId}/breakdown', at(campaignId)));
}

/// How the question was answered, counted.
export function campaignAnswers(campaignId: string): Promise<CampaignAnswers> {
  return answer(box.GET('/campaigns/{campaignId}/answers', at(campaignId)));
}

function at(campaignId: string) {
  return { params: { path: { campaignId } } };
}
