package kz.qonyrau.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// What has been kept for as long as it is to be kept, less what a legal hold keeps longer
/// (SH-RET-02, SH-RET-03).
public final class Overdue {

  /// A stretch of time.
  ///
  /// @param from its first instant
  /// @param until the first instant behind it
  public record Stretch(Instant from, Instant until) {}

  private final Instant before;
  private final UnaryOperator<Instant> limit;
  private final HeldPeriods held;

  /// @param limit at a moment, what began before which instant is overdue
  public Overdue(InstantSource clock, UnaryOperator<Instant> limit, HeldPeriods held) {
    this.before = limit.apply(clock.instant());
    this.limit = limit;
    this.held = held;
  }

  /// What began before this is overdue, held or not.
  public Instant before() {
    return before;
  }

  /// The stretches in which nothing is held of all that is overdue, the oldest first.
  ///
  /// @param since nothing before is looked at
  public List<Stretch> free(Handle handle, Instant since) {
    List<HeldPeriod> standing = standing(handle);
    List<Stretch> free = new ArrayList<>();
    Instant from = since;
    for (HeldPeriod hold : standing) {
      if (from.isBefore(hold.from())) {
        add(free, from, hold.from());
      }
      from = from.isBefore(hold.until()) ? hold.until() : from;
    }
    add(free, from, before);
    return free;
  }

  private void add(List<Stretch> free, Instant from, Instant until) {
    Instant end = until.isBefore(before) ? until : before;
    if (from.isBefore(end)) {
      free.add(new Stretch(from, end));
    }
  }

  /// Whether a standing hold touches what went on from one instant to another.
  public boolean isHeld(Handle handle, Instant began, Instant ended) {
    return standing(handle).stream().anyMatch(hold -> hold.touches(began, ended));
  }

  private List<HeldPeriod> standing(Handle handle) {
    return held.in(handle).stream()
        .filter(HeldPeriod::stands)
        .sorted(Comparator.comparing(HeldPeriod::from))
        .toList();
  }

  /// The holds that have been lifted, so that what they kept can go.
  public List<HeldPeriod> lifted(Handle handle) {
    return held.in(handle).stream().filter(hold -> !hold.stands()).toList();
  }

  /// Which holds kept some of this longer than it would have been kept without them, in order of
  /// their ids.
  ///
  /// @param began when the entries began that are deleted now
  public List<String> keptBy(Handle handle, Collection<Instant> began) {
    return lifted(handle).stream()
        .filter(
            hold -> began.stream().anyMatch(start -> hold.covers(start) && wasOverdue(hold, start)))
        .map(HeldPeriod::id)
        .sorted()
        .toList();
  }

  /// Which holds kept something longer than it would have been kept without them, in order of their
  /// ids.
  ///
  /// @param ended when it was over, from which on its time counts
  public List<String> keptBy(Handle handle, Instant began, Instant ended) {
    return lifted(handle).stream()
        .filter(hold -> hold.touches(began, ended) && wasOverdue(hold, ended))
        .map(HeldPeriod::id)
        .sorted()
        .toList();
  }

  /// Overdue already when the hold was lifted.
  private boolean wasOverdue(HeldPeriod hold, Instant start) {
    return hold.liftedAt().filter(at -> start.isBefore(limit.apply(at))).isPresent();
  }
}
