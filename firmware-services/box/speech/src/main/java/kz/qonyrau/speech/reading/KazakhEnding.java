package kz.qonyrau.speech.reading;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Endings that an author ties to digits or signs. A case is put anew so that it goes with the word
/// that is said: the ending that suits 18:00 may not suit сегіз.
enum KazakhEnding {
  DATIVE,
  LOCATIVE,
  LOCATIVE_ATTRIBUTE,
  ABLATIVE,
  ACCUSATIVE,
  GENITIVE,
  INSTRUMENTAL;

  private static final Map<String, KazakhEnding> CASES =
      Map.ofEntries(
          Map.entry("ға", DATIVE),
          Map.entry("ге", DATIVE),
          Map.entry("қа", DATIVE),
          Map.entry("ке", DATIVE),
          Map.entry("да", LOCATIVE),
          Map.entry("де", LOCATIVE),
          Map.entry("та", LOCATIVE),
          Map.entry("те", LOCATIVE),
          Map.entry("дағы", LOCATIVE_ATTRIBUTE),
          Map.entry("дегі", LOCATIVE_ATTRIBUTE),
          Map.entry("тағы", LOCATIVE_ATTRIBUTE),
          Map.entry("тегі", LOCATIVE_ATTRIBUTE),
          Map.entry("дан", ABLATIVE),
          Map.entry("ден", ABLATIVE),
          Map.entry("тан", ABLATIVE),
          Map.entry("тен", ABLATIVE),
          Map.entry("нан", ABLATIVE),
          Map.entry("нен", ABLATIVE),
          Map.entry("ды", ACCUSATIVE),
          Map.entry("ді", ACCUSATIVE),
          Map.entry("ты", ACCUSATIVE),
          Map.entry("ті", ACCUSATIVE),
          Map.entry("ны", ACCUSATIVE),
          Map.entry("ні", ACCUSATIVE),
          Map.entry("дың", GENITIVE),
          Map.entry("дің", GENITIVE),
          Map.entry("тың", GENITIVE),
          Map.entry("тің", GENITIVE),
          Map.entry("ның", GENITIVE),
          Map.entry("нің", GENITIVE),
          Map.entry("мен", INSTRUMENTAL),
          Map.entry("бен", INSTRUMENTAL),
          Map.entry("пен", INSTRUMENTAL));

  /// Endings that are kept as they are written: possession, and -лық.
  private static final Set<String> KEPT =
      Set.of(
          "ы", "і", "сы", "сі", "ын", "ін", "сын", "сін", "ына", "іне", "сына", "сіне", "ында",
          "інде", "сында", "сінде", "ынан", "інен", "сынан", "сінен", "ының", "інің", "сының",
          "сінің", "лық", "лік", "дық", "дік", "тық", "тік");

  private static final String FRONT = "әеіөүэ";
  private static final String BACK = "аоұыёюя";
  private static final String VOWELS = FRONT + BACK;
  private static final String VOICELESS = "пфкқтсшщхцчһбвгд";
  private static final String NASAL = "мнң";

  /// The last word with the ending; empty if it is not an ending of this kind.
  static Optional<String> attach(String spoken, String ending) {
    KazakhEnding known = CASES.get(ending);
    if (known != null) {
      return Optional.of(spoken + known.after(spoken));
    }
    if (!KEPT.contains(ending)) {
      return Optional.empty();
    }
    boolean elides = spoken.endsWith("қырық") && ending.startsWith("ы");
    return Optional.of((elides ? spoken.substring(0, spoken.length() - 2) + "қ" : spoken) + ending);
  }

  private String after(String word) {
    boolean front = isFront(word);
    char last = lastSound(word);
    boolean vowel = VOWELS.indexOf(last) >= 0;
    boolean voiceless = VOICELESS.indexOf(last) >= 0;
    boolean nasal = NASAL.indexOf(last) >= 0;
    String t = voiceless ? "т" : "д";
    return switch (this) {
      case DATIVE -> voiceless ? (front ? "ке" : "қа") : (front ? "ге" : "ға");
      case LOCATIVE -> t + (front ? "е" : "а");
      case LOCATIVE_ATTRIBUTE -> t + (front ? "егі" : "ағы");
      case ABLATIVE -> (nasal ? "н" : t) + (front ? "ен" : "ан");
      case ACCUSATIVE -> (vowel ? "н" : t) + (front ? "і" : "ы");
      case GENITIVE -> (vowel || nasal ? "н" : t) + (front ? "ің" : "ың");
      case INSTRUMENTAL -> voiceless ? "пен" : last == 'з' || last == 'ж' ? "бен" : "мен";
    };
  }

  /// Whether endings have the front vowels. И and у say nothing; the vowel before them does.
  static boolean isFront(String word) {
    for (int at = word.length() - 1; at >= 0 && word.charAt(at) != ' '; at--) {
      if (FRONT.indexOf(word.charAt(at)) >= 0 || word.charAt(at) == 'ь') {
        return true;
      }
      if (BACK.indexOf(word.charAt(at)) >= 0) {
        return false;
      }
    }
    return word.endsWith("литр");
  }

  private static char lastSound(String word) {
    char last = word.charAt(word.length() - 1);
    return last == 'ь' && word.length() > 1 ? word.charAt(word.length() - 2) : last;
  }
}
