package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The real espeak-ng and SoX.
@Timeout(60)
class EspeakVoiceTest {

  private static final Locale RUSSIAN = Locale.of("ru");

  private final EspeakVoice female = new EspeakVoice(EspeakVoice.Timbre.FEMALE);
  private final EspeakVoice male = new EspeakVoice(EspeakVoice.Timbre.MALE);

  @AfterEach
  void close() {
    female.close();
    male.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ru, Здравствуйте! Ваш заказ готов.",
    "kk, Сәлеметсіз бе! Тапсырысыңыз дайын.",
    "en, Hello! Your order is ready."
  })
  @Tag("AC-TTS-01")
  void speaksWithAFemaleAndAMaleVoice(String language, String text) {
    byte[] hers = Eventually.answer(female.say(text, Locale.of(language)));
    byte[] his = Eventually.answer(male.say(text, Locale.of(language)));

    for (byte[] pcm : new byte[][] {hers, his}) {
      assertThat(pcm.length % 2).isZero();
      assertThat(pcm.length / 16_000.0).isBetween(1.0, 8.0);
      assertThat(AudioFiles.judge(Prompts.joined(pcm, new byte[32_000])))
          .isInstanceOfSatisfying(
              AudioCheck.Usable.class,
              usable -> {
                assertThat(usable.peakDbfs()).isBetween(-4.0, -2.0);
                assertThat(usable.clipped()).isFalse();
              });
    }
    assertThat(hers).isNotEqualTo(his);
  }

  @Test
  @Tag("AC-TTS-04")
  void takesNothingInATextForAnOrder() {
    byte[] plain = Eventually.answer(male.say("алло", RUSSIAN));

    for (String text : new String[] {"-w /tmp/x алло", "[[_:]] алло", "<audio src='x'/> алло"}) {
      assertThat(Eventually.answer(male.say(text, RUSSIAN)).length).isGreaterThan(plain.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "…!?", "привет\u0000", "привет\u001b[0m", "\n\t"})
  void refusesATextThatCannotBeSpoken(String text) {
    assertThatThrownBy(() -> male.say(text, RUSSIAN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATextThatIsTooLongAndALanguageThatItDoesNotSpeak() {
    assertThatThrownBy(() -> male.say("а".repeat(3001), RUSSIAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3000");
    assertThatThrownBy(() -> male.say("hallo", Locale.GERMAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'de'");
  }
}
