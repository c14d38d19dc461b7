package kz.qonyrau.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.models.ModelShelf;
import kz.qonyrau.speech.models.OwnWord;
import kz.qonyrau.speech.models.OwnWords;
import kz.qonyrau.speech.models.Progress;
import kz.qonyrau.speech.models.SaidWord;
import kz.qonyrau.speech.models.SayingFault;
import kz.qonyrau.speech.models.ShelvedModel;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A customer's own words and names in a speech model: those that it has, how others would be said,
/// and a new model with another list (AC-STT-01).
final class OwnWordRoutes {

  private static final Logger log = LoggerFactory.getLogger(OwnWordRoutes.class);

  /// How many complaints a refusal tells at once.
  private static final int TOLD = 10;

  /// A word as it comes and goes; said as it is written, and as likely as an average word, if
  /// nothing else is said.
  private record WordView(String word, Optional<List<String>> saidAs, Optional<Double> weight) {}

  private record WordsView(List<WordView> words, List<String> phrases) {}

  private record Order(String name, List<WordView> words, Optional<List<String>> phrases) {}

  private record Asking(List<WordView> words) {}

  private record SaidView(
      String word, List<String> ways, Optional<SayingFault> fault, Optional<String> detail) {}

  private record Phrases(String language, List<String> phrases) {}

  private record UnknownView(List<String> words) {}

  private final ModelShelf shelf;
  private final Installations<ShelvedModel> installations;

  OwnWordRoutes(ModelShelf shelf, Installations<ShelvedModel> installations) {
    this.shelf = shelf;
    this.installations = installations;
  }

  Desk on(Desk desk) {
    return desk.on("ownWords", this::words)
        .on("addOwnWords", this::add)
        .on("pronounceWords", this::pronounce)
        .on("unknownWords", this::unknown);
  }

  private Answer words(Asked asked) {
    try {
      OwnWords own = shelf.ownWords(asked.id("modelId", text -> text));
      return Answer.ok(
          new WordsView(own.words().stream().map(OwnWordRoutes::view).toList(), own.phrases()));
    } catch (ModelRefusedException refused) {
      throw ModelRoutes.problem(refused);
    }
  }

  private Answer add(Asked asked) {
    String base = asked.id("modelId", text -> text);
    Order order = asked.body(Order.class);
    String name = order.name().strip();
    List<OwnWord> words = words(order.words());
    Installations.View begun;
    try {
      OwnWords own = new OwnWords(words, order.phrases().orElse(List.of()));
      begun =
          installations.begin(
              Optional.of(shelf.model(base).language().getLanguage()),
              name,
              Progress.Stage.BUILDING,
              progress -> shelf.addWords(base, own, name, progress));
    } catch (IllegalArgumentException unusable) {
      throw Problem.unprocessable("BAD_WORD", String.valueOf(unusable.getMessage()));
    } catch (ModelRefusedException refused) {
      throw ModelRoutes.problem(refused);
    }
    // How many, never which: they are the customer's names.
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("base", base)
        .addKeyValue("words", words.size())
        .log("own words are being added to a speech model");
    return Answer.accepted(begun);
  }

  private Answer pronounce(Asked asked) {
    String id = asked.id("modelId", text -> text);
    List<OwnWord> words = words(asked.body(Asking.class).words());
    try {
      return Answer.ok(
          shelf.pronounce(id, words).await().stream().map(OwnWordRoutes::view).toList());
    } catch (ModelRefusedException refused) {
      throw ModelRoutes.problem(refused);
    }
  }

  /// For whoever writes down what a campaign listens for.
  private Answer unknown(Asked asked) {
    Phrases asking = asked.body(Phrases.class);
    try {
      return Answer.ok(
          new UnknownView(shelf.unknownWords(Locale.of(asking.language()), asking.phrases())));
    } catch (IllegalArgumentException malformed) {
      throw Problem.unprocessable("BAD_WORD", String.valueOf(malformed.getMessage()));
    } catch (RecognitionUnavailableException none) {
      throw Problem.unprocessable(
          "NO_MODEL",
          "There is no speech model for '" + asking.language() + "'; install one under Models.");
    }
  }

  /// @throws Problem 422 naming all words that are none, and what a word is
  private static List<OwnWord> words(List<WordView> views) {
    List<OwnWord> words = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    List<Problem.Field> fields = new ArrayList<>();
    for (int at = 0; at < views.size(); at++) {
      WordView view = views.get(at);
      try {
        words.add(
            new OwnWord(view.word(), view.saidAs().orElse(List.of()), view.weight().orElse(1.0)));
      } catch (IllegalArgumentException unusable) {
        complaints.add(String.valueOf(unusable.getMessage()));
        fields.add(
            new Problem.Field(
                "words." + at,
                "BAD_WORD",
                "One word of letters, hyphens and apostrophes, up to 50 characters; said in up to 5"
                    + " ways of up to 100 characters each."));
      }
    }
    if (!complaints.isEmpty()) {
      String more = complaints.size() > TOLD ? "; and " + (complaints.size() - TOLD) + " more" : "";
      throw Problem.unprocessable(
          "BAD_WORD",
          String.join("; ", complaints.subList(0, Math.min(TOLD, complaints.size()))) + more,
          fields);
    }
    return words;
  }

  private static WordView view(OwnWord word) {
    return new WordView(
        word.word(),
        Optional.of(word.saidAs()).filter(ways -> !ways.isEmpty()),
        Optional.of(word.weight()).filter(weight -> weight != 1));
  }

  private static SaidView view(SaidWord said) {
    return new SaidView(
        said.word(),
        said.ways(),
        said.fault(),
        Optional.of(said.detail()).filter(detail -> !detail.isEmpty()));
  }
}
