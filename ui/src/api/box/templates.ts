import { answer } from '../door';
import { box, type CampaignTemplate } from './door';

export function templates(): Promise<CampaignTemplate[]> {
  return answer(box.GET('/campaign-templates'));
}

export function template(templateId: string): Promise<CampaignTemplate> {
  return answer(box.GET('/campaign-templates/{templateId}', at(templateId)));
}

/// Keeps a campaign as it is now.
export function keepTemplate(name: string, campaignId: string): Promise<CampaignTemplate> {
  return answer(box.POST('/campaign-templates', { body: { name, campaignId } }));
}

export function renameTemplate(templateId: string, name: string): Promise<CampaignTemplate> {
  return answer(box.PUT('/campaign-templates/{templateId}', { ...at(templateId), body: { name } }));
}

export async function deleteTemplate(templateId: string): Promise<void> {
  await answer(box.DELETE('/campaign-templates/{templateId}', at(templateId)));
}

function at(templateId: string) {
  return { params: { path: { templateId } } };
}
