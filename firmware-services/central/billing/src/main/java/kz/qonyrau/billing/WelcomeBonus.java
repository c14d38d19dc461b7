package kz.qonyrau.billing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// What a first registration brought for the analysis of conversations (SH-BAL-11). It lapses at
/// the beginning of the eighth day unless a source of conversations was connected or anything was
/// paid or charged by then (SH-BAL-12).
///
/// @param amount what was credited, above zero
/// @param lapsesAt 00:00 in Astana of the eighth day, where the day of registration is the first
/// @param keptBy what kept it
/// @param voided how much of it had lapsed, if it did
public record WelcomeBonus(
    Tenge amount,
    Instant creditedAt,
    Instant lapsesAt,
    State state,
    Optional<KeptBy> keptBy,
    Optional<Tenge> voided) {

  private static final int DAYS = 7;

  /// How long before it lapses its owner is warned (SH-BAL-13).
  static final Duration WARNING = Duration.ofDays(2);

  /// Whether it can still be lost.
  public enum State {
    /// It lapses unless something keeps it.
    OPEN,
    /// It stays until it is used.
    KEPT,
    /// It has lapsed.
    VOIDED
  }

  /// What keeps a welcome bonus (SH-BAL-12, AN-BIL-02).
  public enum KeptBy {
    /// A source of conversations was connected.
    SOURCE,
    /// A payment was credited, into whatever wallet.
    TOP_UP,
    /// The analysis of conversations was charged, be it from the bonus itself.
    ANALYTICS,
    /// A plan was charged.
    PLAN
  }

  /// When the bonus of somebody who registers now lapses.
  public static Instant lapsing(Instant registeredAt) {
    return AstanaTime.dateOf(registeredAt).plusDays(DAYS).atStartOfDay(AstanaTime.ZONE).toInstant();
  }

  /// When its owner is to be warned.
  public Instant warnAt() {
    return lapsesAt.minus(WARNING);
  }
}
