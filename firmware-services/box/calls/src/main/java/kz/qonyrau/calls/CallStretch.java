package kz.qonyrau.calls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The calls that began in a stretch of time, oldest first, without bills and transcripts.
///
/// @param next where the next stretch begins; empty behind the last
public record CallStretch(List<PlacedCall> calls, Optional<Instant> next) {

  public CallStretch {
    calls = List.copyOf(calls);
  }
}
