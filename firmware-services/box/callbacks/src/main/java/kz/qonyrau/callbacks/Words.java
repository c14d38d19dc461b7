package kz.qonyrau.callbacks;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.AstanaTime;

/// What is said to those who call back, in the three languages of the box.
final class Words {

  /// What can be said; the last two are written, for the customer.
  enum Phrase {
    CALLED,
    MENU,
    NOT_CALLED,
    HIDDEN,
    LEFT_ALONE,
    COMPLAINED,
    CODE_PASSED,
    FAILED,
    REASON,
    COMPLAINT
  }

  /// A text in a language.
  record Spoken(String text, Locale language) {}

  private static final Locale KAZAKH = Locale.of("kk");
  private static final Locale RUSSIAN = Locale.of("ru");

  /// Who is not known to speak one of them hears both.
  private static final List<Locale> USUAL = List.of(KAZAKH, RUSSIAN);

  private static final Map<Locale, Properties> ALL =
      List.of(KAZAKH, RUSSIAN, Locale.ENGLISH).stream()
          .collect(Collectors.toUnmodifiableMap(language -> language, Words::read));

  private Words() {}

  private static Properties read(Locale language) {
    String name = "words." + language.getLanguage() + ".properties";
    Properties words = new Properties();
    try (InputStream in = Words.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program has no " + name);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    for (Phrase phrase : Phrase.values()) {
      if (words.getProperty(phrase.name()) == null) {
        throw new IllegalStateException(name + " does not say " + phrase);
      }
    }
    return words;
  }

  /// To somebody of whom nothing is known.
  static List<Spoken> toAnybody(Phrase phrase) {
    return USUAL.stream().map(language -> in(language, phrase)).toList();
  }

  /// In a language of the box; any other becomes Russian.
  static Spoken in(Locale language, Phrase phrase) {
    Locale known = Locale.of(language.getLanguage());
    Properties words = ALL.get(known);
    return words == null
        ? in(RUSSIAN, phrase)
        : new Spoken(words.getProperty(phrase.name()), known);
  }

  /// Who called, when, and how to reach him, in his campaign's language. His name and contact are
  /// said as they stand there.
  static Spoken whoCalled(WhoCalled.Caller caller) {
    Spoken pattern = in(caller.language(), Phrase.CALLED);
    LocalDateTime at = LocalDateTime.ofInstant(caller.call().at(), AstanaTime.ZONE);
    String text =
        new MessageFormat(pattern.text(), pattern.language())
            .format(
                new Object[] {
                  at.format(DateTimeFormatter.ofPattern("d MMMM", pattern.language())),
                  at.format(DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)),
                  caller.name(),
                  caller.contact()
                });
    return new Spoken(text, pattern.language());
  }
}
