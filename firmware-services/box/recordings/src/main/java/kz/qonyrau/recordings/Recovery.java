package kz.qonyrau.recordings;

import java.util.List;
import kz.qonyrau.vocabulary.CallId;

/// What was put in order after the last run.
///
/// @param interrupted calls whose recording was under way when the box stopped; it is now noted as
///   failed
/// @param swept unfinished files that were deleted
/// @param waiting recordings still to be compressed
public record Recovery(List<CallId> interrupted, int swept, int waiting) {

  public Recovery {
    interrupted = List.copyOf(interrupted);
  }
}
