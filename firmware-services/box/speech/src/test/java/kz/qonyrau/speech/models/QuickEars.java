package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.speech.vosk.ModelDirectory;

/// Ears that take any model that passes the checks, at once and without listening: for what is
/// about the disk alone.
final class QuickEars implements Ears {

  private final AtomicReference<Path> model = new AtomicReference<>(Path.of(""));

  private final AtomicReference<String> refusal = new AtomicReference<>("");

  /// Takes no more models.
  void refuse(String why) {
    refusal.set(why);
  }

  @Override
  public Future<Void> install(Locale language, Path directory) {
    if (!refusal.get().isEmpty()) {
      return Future.failedFuture(new IllegalStateException(refusal.get()));
    }
    model.set(ModelDirectory.check(directory).path());
    return Future.succeededFuture();
  }

  @Override
  public boolean uses(Path directory) {
    return model.get().equals(directory);
  }

  @Override
  public List<String> unknownWords(Locale language, List<String> phrases) {
    return List.of();
  }

  /// The model that was put in force last.
  Path model() {
    return model.get();
  }

  /// Passes what passes the checks.
  static TrialResult trial(Path directory, Locale language, byte[] pcm) {
    ModelDirectory checked = ModelDirectory.check(directory);
    return new TrialResult.Passed(
        language + " " + checked.vocabulary().size(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofMillis(pcm.length / 16),
        0,
        0);
  }
}
