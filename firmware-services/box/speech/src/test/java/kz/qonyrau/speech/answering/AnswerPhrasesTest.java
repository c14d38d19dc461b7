package kz.qonyrau.speech.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import kz.qonyrau.speech.answering.Phrase.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerPhrasesTest {

  private final AnswerPhrases phrases = AnswerPhrases.usual();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          MACHINE,      Оставьте Сообщение!,                        оставьте сообщени*
          MACHINE,      оставьте мне ваше сообщение,                оставьте сообщени*
          MACHINE,      оставьте пожалуйста,                        ''
          MACHINE,      сообщение оставьте,                         ''
          MACHINE,      оставьте один два три сообщение,            ''
          HUMAN,        алё,                                        але
          HUMAN,        да слушаю,                                  слушаю
          HUMAN,        '',                                         ''
          HUMAN,        слушаются,                                  ''
          ANNOUNCEMENT, абонент [unk] недоступна,                   абонент недоступ*
          ANNOUNCEMENT, the mobile you called is switched off now,  switched off
          """)
  void findsPhrasesWithGaps(Kind kind, String text, String found) {
    assertThat(phrases.find(kind, text).map(Phrase::toString).orElse("")).isEqualTo(found);
  }

  /// What people say must not look like a machine.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "да",
        "алло",
        "слушаю вас",
        "я вам перезвоню",
        "не могу сейчас говорить",
        "какой номер",
        "кто вам дал мой номер",
        "я за рулём перезвоните позже",
        "это не мой телефон",
        "говорите громче",
        "иә тыңдап тұрмын",
        "hello who is this",
        "магазин слушаю"
      })
  void takesNoWordsOfPeopleForAMachine(String text) {
    assertThat(phrases.find(Kind.MACHINE, text)).isEmpty();
    assertThat(phrases.find(Kind.ANNOUNCEMENT, text)).isEmpty();
  }

  @Test
  void hasEveryLanguageAndEveryReasonThatIsSaid() {
    assertThat(phrases.words()).contains("алло", "тыңдаймын", "hello");
    assertThat(phrases.all().flatMap(phrase -> phrase.reason().stream()).distinct())
        .contains(
            Answer.Reason.UNAVAILABLE,
            Answer.Reason.OFF_OR_OUT_OF_COVERAGE,
            Answer.Reason.DOES_NOT_EXIST,
            Answer.Reason.BARRED,
            Answer.Reason.BUSY,
            Answer.Reason.NO_ANSWER,
            Answer.Reason.CONGESTION);
  }

  @Test
  void readsATableOfASite() {
    AnswerPhrases site =
        AnswerPhrases.read(
            "site.tsv", new StringReader("# ours\nmachine\t\tвы попали на\tsite\n\n"));

    assertThat(site.find(Kind.MACHINE, "вы попали сюда на почту")).isPresent();
    assertThat(site.words()).isEqualTo(List.of("вы", "попали", "на"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          machine,,вы позвонили,x     | 4 fields
          robot;;вы позвонили;x       | kind
          announcement;ODD;вы;x       | reason
          announcement;;вы;x          | an announcement has a reason
          machine;BUSY;вы;x           | an announcement has a reason
          machine;;!!!;x              | at least one word
          """)
  void namesTheLineThatIsWrong(String line, String complaint) {
    String table = "# remark\n" + line.strip().replace(';', '\t') + "\n";

    assertThatThrownBy(() -> AnswerPhrases.read("site.tsv", new StringReader(table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("site.tsv, line 2: ")
        .hasMessageContaining(complaint.startsWith("4") ? "kind, reason, phrase" : complaint);
  }

  @Test
  void isNotSlowedDownByALongText() {
    String flood = "оставьте ".repeat(100_000);

    assertThat(phrases.find(Kind.MACHINE, flood)).isEmpty();
  }
}
