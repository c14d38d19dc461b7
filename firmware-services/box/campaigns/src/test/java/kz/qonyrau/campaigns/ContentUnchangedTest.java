package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said to people is what was written, character by character, and nothing else once the
/// campaign was started.
@Tag("AC-CMP-05")
@Timeout(60)
class ContentUnchangedTest extends DialingRoom {

  private String said(CampaignId id) {
    settle(id);
    return ((Prompt.SpokenText) desk.attempts.getLast().prompt()).text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ә–ғ…  «50%»  €10",
        " Начинается с пробела и кончается им ",
        "Две\nстроки\tи табуляция",
        "e\u0301 не то же, что \u00e9",
        "😀 и 👨‍👩‍👧",
        "<b>теги</b> & \"кавычки\" 'и' \\ слеш",
        "shop-akbota.kz, т.е. 10.50 тг",
      })
  void theTextArrivesAsItWasWritten(String text) throws IOException {
    CampaignId id = started(OrderDraft.to(list("номер\n87010000001\n")).saying(text));

    assertThat(said(id)).isEqualTo(text);
  }

  @Test
  @Tag("AC-CON-08")
  void valuesArePutInAsTheyStandInTheList() throws IOException {
    CampaignId id =
        started(
            OrderDraft.to(list("номер;имя;сумма\n87010000001;{сумма} Ә  «Z»;1 000,50 ₸\n"))
                .saying("{имя}: {сумма}"));

    assertThat(said(id)).isEqualTo("{сумма} Ә  «Z»: 1 000,50 ₸");
  }

  @Test
  void aStartedCampaignKeepsItsContent() throws IOException {
    OrderDraft draft = OrderDraft.to(list("номер\n87010000001\n")).saying("Первый текст");
    CampaignId id = started(draft);

    assertThat(await(campaigns.change(id, draft.saying("Другой текст").order())))
        .isInstanceOf(CampaignResult.WrongState.class);

    assertThat(said(id)).isEqualTo("Первый текст");
    assertThat(await(campaigns.change(id, draft.order())))
        .isInstanceOf(CampaignResult.WrongState.class);
  }
}
