package kz.qonyrau.speech;

import java.util.function.Consumer;

/// Understands what a subscriber says, while it is being said (AC-STT-01).
///
/// Nothing here leaves the box: recognition needs no network.
public interface Recognizer {

  /// Telephone audio as it comes from the line: samples per second, 16 bits, one channel.
  int SAMPLES_PER_SECOND = 8000;

  /// Starts listening to one side of one call. Returns at once; the recogniser behind it is made
  /// ready on another thread while the first audio waits in the queue.
  ///
  /// @param request whom to listen to, in which language, and which phrases are expected
  /// @param sink told of partial results and utterances of this listening, in order, one at a time,
  ///   on a thread of the recogniser: it must not block. A sink that throws ends the listening, and
  ///   [Listening#finish] then fails with what it threw
  /// @throws IllegalArgumentException if the phrase list is empty, malformed, too long, or holds a
  ///   word that the model does not know; the message names the phrase or word
  /// @throws RecognitionUnavailableException if there is no model for the language (AC-STT-05), too
  ///   many listenings are under way, or the recogniser is closed
  Listening listen(ListeningRequest request, Consumer<Hearing> sink);
}
