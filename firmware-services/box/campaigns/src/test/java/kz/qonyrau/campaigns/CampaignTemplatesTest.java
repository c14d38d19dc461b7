package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What new campaigns are made after.
@Tag("AC-CMP-01")
@Timeout(60)
class CampaignTemplatesTest extends DialingRoom {

  private CampaignTemplates templates() {
    return campaigns.templates();
  }

  private TemplateResult keep(String name, CampaignId campaign) {
    return await(templates().keep(UUID.randomUUID().toString(), name, campaign, "owner"));
  }

  private static CampaignTemplate kept(TemplateResult result) {
    assertThat(result).isInstanceOf(TemplateResult.Done.class);
    return ((TemplateResult.Done) result).template();
  }

  @Test
  void isACopyThatOutlivesItsCampaign() throws IOException {
    CampaignId campaign = drafted(OrderDraft.to(list("87010000001\n")).saying("Пора платить"));
    CampaignOrder order = await(campaigns.find(campaign)).orElseThrow().order();

    CampaignTemplate template = kept(keep("  Напоминание ", campaign));
    var _ = await(campaigns.change(campaign, OrderDraft.to(list("87010000002\n")).order()));
    var _ = await(campaigns.delete(campaign));

    assertThat(template.name()).isEqualTo("Напоминание");
    assertThat(template.order()).isEqualTo(order);
    assertThat(template.keptAt()).isEqualTo(clock.instant());
    assertThat(template.keptBy()).isEqualTo("owner");
    assertThat(await(templates().find(template.id()))).contains(template);
    assertThat(await(templates().all())).containsExactly(template);
  }

  @Test
  void aRepetitionMakesNoOtherOne() throws IOException {
    CampaignId campaign = drafted(OrderDraft.to(list("87010000001\n")));
    String id = UUID.randomUUID().toString();

    CampaignTemplate first = kept(await(templates().keep(id, "A", campaign, "owner")));
    CampaignTemplate again = kept(await(templates().keep(id, "B", campaign, "owner")));

    assertThat(again).isEqualTo(first);
    assertThat(await(templates().all())).hasSize(1);
  }

  @Test
  void areToldApartByTheirNames() throws IOException {
    CampaignId campaign = drafted(OrderDraft.to(list("87010000001\n")));
    CampaignTemplate one = kept(keep("Опрос", campaign));
    CampaignTemplate other = kept(keep("Доставка", campaign));

    assertThat(keep("ОПРОС", campaign)).isInstanceOf(TemplateResult.NameTaken.class);
    assertThat(await(templates().rename(other.id(), "опрос")))
        .isInstanceOf(TemplateResult.NameTaken.class);
    assertThat(kept(await(templates().rename(one.id(), "ОПРОС"))).name()).isEqualTo("ОПРОС");
    assertThat(await(templates().all()))
        .extracting(CampaignTemplate::name)
        .containsExactly("Доставка", "ОПРОС");
    for (String wrong : new String[] {"", " ", "я".repeat(121)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> keep(wrong, campaign));
    }
    // In Unicode a capital İ is two letters when it is small.
    String longest = "İ".repeat(120);
    assertThat(longest.toLowerCase(Locale.ROOT)).hasSizeGreaterThan(120);
    assertThat(kept(keep(longest, campaign)).name()).isEqualTo(longest);
  }

  @Test
  void whatIsNotThereIsNeitherKeptNorChanged() throws IOException {
    String nobody = UUID.randomUUID().toString();

    assertThat(keep("A", CampaignId.random())).isInstanceOf(TemplateResult.Unknown.class);
    assertThat(await(templates().rename(nobody, "A"))).isInstanceOf(TemplateResult.Unknown.class);
    assertThat(await(templates().delete(nobody))).isInstanceOf(TemplateResult.Unknown.class);

    CampaignTemplate template = kept(keep("A", drafted(OrderDraft.to(list("87010000001\n")))));
    assertThat(kept(await(templates().delete(template.id())))).isEqualTo(template);
    assertThat(await(templates().find(template.id()))).isEmpty();
    assertThat(await(templates().rename(nobody, "A"))).isInstanceOf(TemplateResult.Unknown.class);
  }

  @Test
  void thereIsALimit() throws IOException {
    CampaignId campaign = drafted(OrderDraft.to(list("87010000001\n")));
    for (int i = 0; i < CampaignTemplates.MOST; i++) {
      var _ = kept(keep("Template " + i, campaign));
    }

    assertThat(keep("One more", campaign)).isInstanceOf(TemplateResult.TooMany.class);
  }
}
