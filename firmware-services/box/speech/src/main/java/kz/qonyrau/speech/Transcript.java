package kz.qonyrau.speech;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.CallId;

/// All that was understood of one side of a call. Recognition errs; it is a machine's hearing, not
/// a record of what was said (AC-STT-03).
///
/// @param call whose audio it was
/// @param language what was listened for
/// @param utterances in order, those that were not understood included
/// @param heard how much audio was recognised; metered for AC-STT-04
/// @param lost how much audio was not recognised: dropped because recognition fell behind or ended,
///   or given up because native code dies of it. Times of later words are right all the same
/// @param ending why it is not longer
public record Transcript(
    CallId call,
    Locale language,
    List<Hearing.Utterance> utterances,
    Duration heard,
    Duration lost,
    Ending ending) {

  /// Why a listening ended.
  public enum Ending {
    /// [Listening#finish] was called.
    FINISHED,
    /// It got no audio for too long, went on for too long, or the box was stopped.
    TIME_LIMIT,
    /// The box could not keep up; see [Hearing.Deaf].
    OVERLOAD,
    /// Recognition broke down and did not come back in time.
    RECOGNITION_LOST
  }

  public Transcript {
    utterances = List.copyOf(utterances);
  }

  /// What was understood, one utterance a line.
  public String text() {
    return utterances.stream()
        .filter(Hearing.Utterance::isUnderstood)
        .map(Hearing.Utterance::text)
        .collect(Collectors.joining("\n"));
  }

  /// Tells how much there is, not what was said, so that a log line gives nobody away.
  @Override
  public String toString() {
    return "Transcript["
        + call
        + ", "
        + utterances.size()
        + " utterances, heard "
        + heard
        + ", lost "
        + lost
        + ", "
        + ending
        + "]";
  }
}
