package kz.qonyrau.speech;

import java.util.List;

/// What an [Interpreter] heard of one side of a call.
///
/// @param segments what was understood, in order, each in the language that fitted best
/// @param transcripts how each recogniser fared, with all that it made of the call
public record Interpreted(List<Spoken> segments, List<Transcript> transcripts) {

  public Interpreted {
    segments = List.copyOf(segments);
    transcripts = List.copyOf(transcripts);
  }

  /// Whether somebody listened from the beginning to the end.
  public boolean isWhole() {
    return transcripts.stream()
        .map(Transcript::ending)
        .anyMatch(ending ->
            ending == Transcript.Ending.FINISHED || ending == Transcript.Ending.TIME_LIMIT);
  }
}
