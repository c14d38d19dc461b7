package kz.qonyrau.campaigns;

/// What became of a wish about a template.
public sealed interface TemplateResult {

  /// It is done; this is the template now.
  record Done(CampaignTemplate template) implements TemplateResult {}

  /// Nothing is known by that id, neither a template nor a campaign to make it of.
  record Unknown() implements TemplateResult {}

  /// Another template is called that.
  record NameTaken() implements TemplateResult {}

  /// There are as many as may be ([CampaignTemplates#MOST]).
  record TooMany() implements TemplateResult {}
}
