package kz.qonyrau.speech;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// What to listen to, and for what.
///
/// @param call the call whose audio will be fed
/// @param language decides the model; only the language of the locale counts
/// @param phrases what the step of the dialogue expects. With phrases, an utterance is one of them,
///   spelled as here, or is not understood; without, the model's whole vocabulary is open
public record ListeningRequest(CallId call, Locale language, Optional<List<String>> phrases) {

  public ListeningRequest {
    phrases = phrases.map(List::copyOf);
  }
}
