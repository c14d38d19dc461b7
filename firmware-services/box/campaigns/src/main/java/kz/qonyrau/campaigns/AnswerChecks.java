package kz.qonyrau.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the speech models of the box would understand of the answers that a campaign expects.
final class AnswerChecks {

  private final Understanding understanding;

  AnswerChecks(Understanding understanding) {
    this.understanding = understanding;
  }

  /// As [Campaigns#unheard].
  List<Locale> unheard(CampaignOrder order) {
    Set<Locale> heard = understanding.languages();
    return order.asking().stream()
        .flatMap(asking -> asking.languages().stream())
        .filter(language -> !heard.contains(language))
        .toList();
  }

  /// As [Campaigns#faults].
  List<PhraseFault> faults(CampaignOrder order) {
    List<PhraseFault> faults = new ArrayList<>();
    List<Locale> unheard = unheard(order);
    List<ExpectedAnswer> answers = order.asking().map(Asking::answers).orElse(List.of());
    for (int answer = 0; answer < answers.size(); answer++) {
      for (Locale language : order.asking().orElseThrow().languages()) {
        if (unheard.contains(language)) {
          continue;
        }
        List<String> phrases = answers.get(answer).phrases().getOrDefault(language, List.of());
        for (int phrase = 0; phrase < phrases.size(); phrase++) {
          try {
            for (String word : understanding.unknownWords(language, phrases.get(phrase))) {
              faults.add(new PhraseFault.UnknownWord(answer, language, phrase, word));
            }
          } catch (IllegalArgumentException _) {
            faults.add(new PhraseFault.Malformed(answer, language, phrase));
          }
        }
      }
    }
    return faults;
  }
}
