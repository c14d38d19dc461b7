package kz.qonyrau.speech.reading;

import java.util.List;

/// A text as it is read aloud, and what was changed to get there. [ReadingRules] makes it, a voice
/// speaks the words, and a page shows the changes beside the text.
///
/// @param words what a voice is given
/// @param changes in the order of the text, without overlap
public record Reading(String words, List<Change> changes) {

  /// Keeps its own copy of the changes.
  public Reading {
    changes = List.copyOf(changes);
  }

  /// One passage that is read otherwise than it is written.
  ///
  /// @param start where it starts in the written text, in characters
  /// @param end just behind its last character
  /// @param spoken the words it is read as
  public record Change(int start, int end, String spoken) {}
}
