package kz.qonyrau.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Fallback;
import kz.qonyrau.campaigns.PhraseFault;
import kz.qonyrau.web.Problem;

/// Tells the author of a question what this box could not understand or say, before a call depends
/// on it.
record QuestionCheck(Campaigns campaigns, AudioRoutes audio) {

  /// @throws Problem 422 naming the fields
  void require(CampaignOrder order) {
    requireAnswerable(order);
    requireSpeakable(order);
  }

  /// @throws Problem 422 if there is a way to answer that no call would understand
  private void requireAnswerable(CampaignOrder order) {
    List<Problem.Field> fields =
        campaigns.faults(order).stream().map(QuestionCheck::field).toList();
    if (!fields.isEmpty()) {
      throw Problem.unprocessable(
          fields.getFirst().code(), "Some answers would not be understood.", fields);
    }
  }

  private static Problem.Field field(PhraseFault fault) {
    String field =
        "question.answers[%d].phrases.%s[%d]"
            .formatted(fault.answer(), fault.language().getLanguage(), fault.phrase());
    return switch (fault) {
      case PhraseFault.UnknownWord unknown ->
          new Problem.Field(
              field,
              "UNKNOWN_WORD",
              "The speech model does not know the word '%s'; write it otherwise."
                  .formatted(unknown.word()));
      case PhraseFault.Malformed _ ->
          new Problem.Field(
              field,
              "MALFORMED_PHRASE",
              "Write it in letters, hyphens, apostrophes and spaces, numbers as words.");
    };
  }

  /// @throws Problem 422 if the question has a text in a language for which there is no voice
  private void requireSpeakable(CampaignOrder order) {
    Optional<Asking> asking = order.asking();
    if (asking.isEmpty()) {
      return;
    }
    for (int i = 0; i < asking.get().answers().size(); i++) {
      for (Locale language : asking.get().answers().get(i).replies().keySet()) {
        if (!audio.speaks(language)) {
          throw CampaignRoutes.refused(
              "question.answers[%d].replies.%s".formatted(i, language.getLanguage()),
              "NO_VOICE",
              "No voice of this box speaks the language; leave the reply out.");
        }
      }
    }
    Locale own = order.language();
    if (!audio.speaks(own)) {
      requireNoTexts("silence", asking.get().silence());
      requireNoTexts("notUnderstood", asking.get().notUnderstood());
    }
  }

  private static void requireNoTexts(String field, Fallback fallback) {
    if (fallback.hint().isPresent() || fallback.goodbye().isPresent()) {
      throw CampaignRoutes.refused(
          "question." + field + (fallback.hint().isPresent() ? ".hint" : ".goodbye"),
          "NO_VOICE",
          "No voice of this box speaks the language of the message; leave this out.");
    }
  }
}
