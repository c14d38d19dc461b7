package kz.qonyrau.telephony.asterisk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.TrunkState;
import kz.qonyrau.telephony.trunks.Trunk;

/// The trunks in use. Belongs to one event loop.
final class TrunkLines {

  private Map<TrunkId, TrunkLine> lines = new LinkedHashMap<>();

  /// What there is from now on. Calls on a trunk that is gone go on to their end.
  void use(List<Trunk> trunks) {
    Map<TrunkId, TrunkLine> next = new LinkedHashMap<>();
    for (Trunk trunk : trunks) {
      TrunkLine line = lines.get(trunk.id());
      if (line == null) {
        line = new TrunkLine(trunk);
      } else {
        line.becomes(trunk);
      }
      next.put(trunk.id(), line);
    }
    lines = next;
  }

  Optional<TrunkLine> find(TrunkId id) {
    return Optional.ofNullable(lines.get(id));
  }

  List<TrunkLine> all() {
    return new ArrayList<>(lines.values());
  }

  /// Where the next call goes.
  Optional<TrunkLine> choose(Set<TrunkId> tried, Instant now) {
    return TrunkChoice.of(lines.values().stream().map(line -> line.candidate(now)).toList(), tried)
        .map(lines::get);
  }

  /// Whether there is a trunk that would take calls if it had a free channel.
  boolean isAnyFull(Instant now) {
    return lines.values().stream()
        .map(line -> line.candidate(now))
        .anyMatch(candidate -> candidate.usable() && !candidate.hasRoom());
  }

  void lost() {
    lines.values().forEach(TrunkLine::lost);
  }

  List<TrunkStanding> standings(Instant now) {
    return lines.values().stream().map(line -> line.standing(now)).toList();
  }

  /// All of them as if they were one.
  static TrunkState together(List<TrunkStanding> standings) {
    List<TrunkStanding> usable =
        standings.stream().filter(one -> one.condition().isUsable()).toList();
    return new TrunkState(
        !usable.isEmpty(),
        usable.stream().flatMap(one -> one.roundTrip().stream()).min((a, b) -> a.compareTo(b)),
        standings.stream().mapToInt(TrunkStanding::activeCalls).sum(),
        (usable.isEmpty() ? standings : usable).stream().mapToInt(TrunkLines::channels).sum());
  }

  private static int channels(TrunkStanding one) {
    return switch (one.condition()) {
      case OFF, SUSPENDED, NO_NUMBER -> 0;
      case PROBING -> 1;
      case UP, UNKNOWN, UNREACHABLE, UNREGISTERED, QUARANTINED -> one.channelLimit();
    };
  }
}
