package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why each contact on a campaign's lists is not being called: the answer to "why was he not
/// dialled?" for everybody at once.
///
/// @param contacts on the lists, one in two lists counted twice
/// @param parts add up to `contacts`; reasons that concern nobody are left out
public record Breakdown(long contacts, List<Part> parts) {

  /// Those whom one reason concerns.
  ///
  /// @param until when it ends for the first of them by itself, if that is known
  public record Part(Reason reason, long amount, Optional<Instant> until) {}

  /// @throws IllegalArgumentException if the parts do not add up
  public Breakdown {
    parts = List.copyOf(parts);
    long sum = parts.stream().mapToLong(Part::amount).sum();
    if (sum != contacts) {
      throw new IllegalArgumentException(
          "the reasons add up to " + sum + " of " + contacts + " contacts: " + parts);
    }
  }

  /// Collects parts, empty ones left out.
  static final class Builder {

    private final List<Part> parts = new ArrayList<>();
    private long sum;

    void add(Reason reason, long amount, Optional<Instant> until) {
      if (amount > 0) {
        parts.add(new Part(reason, amount, until));
        sum += amount;
      }
    }

    void add(Reason reason, long amount) {
      add(reason, amount, Optional.empty());
    }

    void excluded(Map<Exclusion, Long> excluded) {
      for (Exclusion exclusion : Exclusion.values()) {
        add(Reason.of(exclusion), excluded.getOrDefault(exclusion, 0L));
      }
    }

    /// What has been added until now.
    long sum() {
      return sum;
    }

    Breakdown build() {
      return new Breakdown(sum, parts);
    }
  }
}
