package kz.qonyrau.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.calls.PlacedCall.SpokenLine;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;

/// The final result of a call, written once.
record CallEnd(
    CallId id,
    Instant at,
    Duration answered,
    CallOutcome outcome,
    String cause,
    String digits,
    boolean keysOnly,
    Optional<TurnResult> question,
    Optional<WhoAnswered> who,
    Optional<Way> way,
    List<CostLine> lines,
    List<SpokenLine> transcript) {

  CallEnd {
    lines = List.copyOf(lines);
    transcript = List.copyOf(transcript);
  }

  Tenge amount() {
    return lines.stream().map(CostLine::amount).reduce(Tenge.ZERO, Tenge::plus);
  }
}
