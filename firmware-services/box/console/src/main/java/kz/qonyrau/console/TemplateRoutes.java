package kz.qonyrau.console;

import java.time.Instant;
import java.util.UUID;
import kz.qonyrau.campaigns.CampaignTemplate;
import kz.qonyrau.campaigns.CampaignTemplates;
import kz.qonyrau.campaigns.TemplateResult;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// What new campaigns are made after.
final class TemplateRoutes {

  private record KeepForm(String name, String campaignId) {}

  private record RenameForm(String name) {}

  private record TemplateView(String id, String name, Object order, Instant keptAt, String keptBy) {
    static TemplateView of(CampaignTemplate template) {
      return new TemplateView(
          template.id(),
          template.name(),
          CampaignRoutes.orderView(template.order()),
          template.keptAt(),
          template.keptBy());
    }
  }

  private final CampaignTemplates templates;

  TemplateRoutes(CampaignTemplates templates) {
    this.templates = templates;
  }

  Desk on(Desk desk) {
    return desk.on(
            "campaignTemplates",
            _ -> Answer.ok(templates.all().await().stream().map(TemplateView::of).toList()))
        .on("keepCampaignTemplate", this::keep)
        .on(
            "campaignTemplate",
            asked ->
                Answer.ok(
                    TemplateView.of(
                        templates.find(id(asked)).await().orElseThrow(TemplateRoutes::unknown))))
        .on("renameCampaignTemplate", this::rename)
        .on("deleteCampaignTemplate", this::delete);
  }

  private Answer keep(Asked asked) {
    KeepForm form = asked.body(KeepForm.class);
    CampaignTemplate template =
        done(
            templates
                .keep(
                    UUID.randomUUID().toString(),
                    name(form.name()),
                    new CampaignId(form.campaignId()),
                    asked.person().login())
                .await());
    return Answer.created(TemplateView.of(template));
  }

  private Answer rename(Asked asked) {
    String name = name(asked.body(RenameForm.class).name());
    return Answer.ok(TemplateView.of(done(templates.rename(id(asked), name).await())));
  }

  private Answer delete(Asked asked) {
    var _ = done(templates.delete(id(asked)).await());
    return Answer.done();
  }

  private static String id(Asked asked) {
    return asked.id("templateId", id -> id);
  }

  private static String name(String name) {
    if (name.isBlank()) {
      throw CampaignRoutes.refused("name", "MISSING", "Give the template a name.");
    }
    return name;
  }

  private static CampaignTemplate done(TemplateResult result) {
    return switch (result) {
      case TemplateResult.Done(CampaignTemplate template) -> template;
      case TemplateResult.Unknown _ -> throw unknown();
      case TemplateResult.NameTaken _ ->
          throw CampaignRoutes.refused(
              "name", "TEMPLATE_NAME_TAKEN", "Another template is called that; choose a new name.");
      case TemplateResult.TooMany _ ->
          throw Problem.conflict(
              "TOO_MANY_TEMPLATES",
              "There are " + CampaignTemplates.MOST + " templates; delete one that is not used.");
    };
  }

  private static Problem unknown() {
    return Problem.notFound("template");
  }
}
