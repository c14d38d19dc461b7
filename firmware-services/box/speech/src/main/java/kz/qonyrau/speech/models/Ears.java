package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import kz.qonyrau.speech.vosk.VoskRecognizer;

/// What listens with the models that are in force.
interface Ears {

  /// See [VoskRecognizer#install].
  Future<Void> install(Locale language, Path model);

  /// See [VoskRecognizer#uses].
  boolean uses(Path model);

  /// See [VoskRecognizer#unknownWords].
  List<String> unknownWords(Locale language, List<String> phrases);

  static Ears of(VoskRecognizer recognizer) {
    return new Ears() {
      @Override
      public Future<Void> install(Locale language, Path model) {
        return recognizer.install(language, model);
      }

      @Override
      public boolean uses(Path model) {
        return recognizer.uses(model);
      }

      @Override
      public List<String> unknownWords(Locale language, List<String> phrases) {
        return recognizer.unknownWords(language, phrases);
      }
    };
  }
}
