package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OrderJsonTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");

  private static final RetryPolicy RETRIES =
      new RetryPolicy(
          5,
          Map.of(
              RetryReason.BUSY, new Retry(3, Duration.ofMinutes(15), true, NextNumber.SAME),
              RetryReason.MACHINE, new Retry(2, Duration.ofDays(7), false, NextNumber.SAME)));

  @Test
  void readsWhatItWrites() {
    Asking asking =
        new Asking(
            List.of(KAZAKH, RUSSIAN),
            Duration.ofSeconds(8),
            true,
            List.of(
                new ExpectedAnswer(
                    "Иә",
                    Optional.of('*'),
                    Map.of(KAZAKH, List.of("иә", "әрине"), RUSSIAN, List.of("да")),
                    Map.of(KAZAKH, "Рақмет, {имя}", RUSSIAN, "Спасибо, {имя}")),
                new ExpectedAnswer(
                    "Жоқ", Optional.empty(), Map.of(KAZAKH, List.of("жоқ")), Map.of(), true)),
            new Fallback(2, Optional.of("Сізді естімей тұрмын"), Optional.empty()),
            new Fallback(1, Optional.empty(), Optional.of("Сау болыңыз")));
    CampaignOrder spoken =
        draft(new Prompt.SpokenText("Келесіз бе?", KAZAKH, Optional.of("alto")))
            .asking(asking)
            .machines(MachineRule.LEAVE_MESSAGE)
            .order();
    CampaignOrder recorded =
        draft(new Prompt.UploadedAudio("7", Path.of("/audio/7")))
            .machines(MachineRule.HANG_UP)
            .retries(RETRIES)
            .order();

    assertThat(OrderJson.read(OrderJson.write(spoken))).isEqualTo(spoken);
    assertThat(OrderJson.read(OrderJson.write(recorded))).isEqualTo(recorded);
  }

  @Test
  @Tag("PLT-22")
  void tellsNobodyElsewhereWhereARecordingLiesOnThisBox() {
    CampaignOrder recorded =
        draft(new Prompt.UploadedAudio("7", Path.of("/somewhere/7.sealed"))).order();

    assertThat(OrderJson.write(recorded)).contains("/somewhere/7.sealed");
    assertThat(Campaigns.json(recorded))
        .contains("\"audio\":\"7\"", "\"callsPerMinute\"")
        .doesNotContain("somewhere");
    CampaignOrder spoken =
        draft(new Prompt.SpokenText("Келесіз бе?", KAZAKH, Optional.empty())).order();
    assertThat(Campaigns.json(spoken)).isEqualTo(OrderJson.write(spoken));
  }

  @Test
  void readsOrdersOfATimeWhenOnlyPhrasesWereExpected() {
    CampaignOrder order = OrderJson.read(old("{\"longestMs\":6000,\"phrases\":[\"иә\",\"жоқ\"]}"));

    assertThat(order.machines()).isEqualTo(MachineRule.CARRY_ON);
    assertThat(order.retries()).isEqualTo(RetryPolicy.NONE);
    assertThat(order.asking())
        .contains(
            new Asking(
                List.of(KAZAKH),
                Duration.ofSeconds(6),
                false,
                List.of(
                    new ExpectedAnswer(
                        "иә", Optional.empty(), Map.of(KAZAKH, List.of("иә")), Map.of()),
                    new ExpectedAnswer(
                        "жоқ", Optional.empty(), Map.of(KAZAKH, List.of("жоқ")), Map.of())),
                Fallback.NONE,
                Fallback.NONE));
    assertThat(OrderJson.read(OrderJson.write(order))).isEqualTo(order);
  }

  @Test
  void anOldOrderThatListenedFreelyStillDoes() {
    Asking asking =
        OrderJson.read(old("{\"longestMs\":6000,\"phrases\":[]}")).asking().orElseThrow();

    assertThat(asking.answers()).isEmpty();
    assertThat(asking.languages()).containsExactly(KAZAKH);
  }

  @Test
  void anOldOrderMayHaveMorePhrasesThanAQuestionHasAnswers() {
    String phrases =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"" + "а".repeat(i + 1) + "\"")
            .collect(Collectors.joining(","));

    Asking asking =
        OrderJson.read(old("{\"longestMs\":6000,\"phrases\":[\"а\",\" А \"," + phrases + "]}"))
            .asking()
            .orElseThrow();

    assertThat(asking.answers()).hasSize(20);
    assertThat(asking.answers().getFirst().name()).isEqualTo("а");
    assertThat(asking.answers().getLast().name()).isEqualTo("…");
    assertThat(asking.answers().getLast().phrases().get(KAZAKH)).hasSize(11);
  }

  private static String old(String listen) {
    String now =
        OrderJson.write(
            draft(new Prompt.SpokenText("Келесіз бе?", KAZAKH, Optional.empty())).order());
    String old =
        now.replace(",\"machines\":\"CARRY_ON\"", "")
            .replaceFirst(",\"retries\":\\{.*?\\}\\}", "")
            .replaceFirst("}$", ",\"listen\":" + listen + "}");
    assertThat(old).doesNotContain("machines").doesNotContain("retries");
    return old;
  }

  private static OrderDraft draft(Prompt prompt) {
    return OrderDraft.to(ContactListId.random()).prompt(prompt);
  }
}
