package kz.qonyrau.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;

/// One row of the call log.
///
/// @param callee who was called; empty once the time is over for which numbers are kept (SH-RET-01)
/// @param outcome empty while the call runs
/// @param cause the network's or our reason, for technicians; empty text while the call runs
/// @param answered from the answer to the end; zero if nobody answered
/// @param digits the keys the subscriber pressed, in order
/// @param keysOnly whether the box could not listen, or not to the end, though it should have
/// @param question how the question went; empty if none was asked
/// @param who who answered; empty if nobody asked
/// @param way by which trunk, and what number was shown; empty before that is known
/// @param lines what was charged; empty in pages of the log
/// @param transcript what the subscriber said; empty in pages of the log
public record PlacedCall(
    CallId id,
    CampaignId campaign,
    Optional<Msisdn> callee,
    Instant startedAt,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt,
    Duration answered,
    Optional<CallOutcome> outcome,
    String cause,
    String tariffVersion,
    Tenge amount,
    String digits,
    boolean keysOnly,
    Optional<TurnResult> question,
    Optional<WhoAnswered> who,
    Optional<Way> way,
    List<CostLine> lines,
    List<SpokenLine> transcript) {

  public PlacedCall {
    lines = List.copyOf(lines);
    transcript = List.copyOf(transcript);
  }

  /// What one service of the call cost.
  ///
  /// @param service the tariff's service code
  /// @param used the time it was used
  /// @param billed what of it is charged, in whole steps of the tariff: `billed` times `unitPrice`
  ///   per `unit` is the amount, unless the tariff's minimum is more
  /// @param unit what the price is for, for example a minute
  /// @param unitPrice KZT per unit with up to four decimals
  public record CostLine(
      String service,
      Duration used,
      Duration billed,
      Duration unit,
      String unitPrice,
      Tenge amount) {}

  /// One utterance of the subscriber; times count from the answer.
  ///
  /// @param language in which it was said, ISO 639
  /// @param confidence 0 to 1
  public record SpokenLine(
      String language,
      String text,
      Duration from,
      Duration to,
      double confidence,
      List<SpokenWord> words) {
    public SpokenLine {
      words = List.copyOf(words);
    }
  }

  /// One word of an utterance; times count from the answer.
  ///
  /// @param confidence 0 to 1
  public record SpokenWord(String text, Duration from, Duration to, double confidence) {}
}
