package kz.qonyrau.rehearsal;

import java.time.Duration;
import java.util.Optional;

/// What a rehearsal chooses about its box.
///
/// @param channels how many calls the trunk carries at once
/// @param credit what the box may spend at first, in tiyn; 5000 KZT if empty
/// @param tariff the tariff file's text
/// @param paidAhead how much time is held at once
/// @param closing how long before paid time ends a call closes
/// @param brief whether it is over within minutes, so that its programs are compiled quickly rather
///   than well: on two cores the thorough compiler takes more of them, while three programs start,
///   than everything else together
public record StageSettings(
    String boxName,
    int channels,
    Optional<Long> credit,
    String tariff,
    Duration paidAhead,
    Duration closing,
    boolean brief) {

  /// A talk minute for 18 KZT, a recorded one for 1.20, a recognised one for 6, by the second.
  public static final String TARIFF =
      """
      {
        "version": "rehearsal-1",
        "publishedAt": "2026-01-01T00:00:00Z",
        "lines": [
          {"service": "CALL_TIME", "price": "18.00", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"},
          {"service": "REC_TIME", "price": "1.20", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"},
          {"service": "STT_TIME", "price": "6.00", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}
        ]
      }
      """;

  public static final StageSettings USUAL =
      new StageSettings(
          "Rehearsal box",
          30,
          Optional.empty(),
          TARIFF,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          true);

  public StageSettings withChannels(int count) {
    return new StageSettings(boxName, count, credit, tariff, paidAhead, closing, brief);
  }

  /// The same with another credit.
  ///
  /// @param tiyn what the box may spend at first
  public StageSettings withCredit(long tiyn) {
    return new StageSettings(
        boxName, channels, Optional.of(tiyn), tariff, paidAhead, closing, brief);
  }

  public StageSettings withPaidAhead(Duration ahead, Duration close) {
    return new StageSettings(boxName, channels, credit, tariff, ahead, close, brief);
  }

  /// The same with programs that run as they do in a box that stays on for months.
  public StageSettings asForMonths() {
    return new StageSettings(boxName, channels, credit, tariff, paidAhead, closing, false);
  }
}
