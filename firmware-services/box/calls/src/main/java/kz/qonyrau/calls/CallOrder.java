package kz.qonyrau.calls;

import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// One call to be placed: whom to ring and what to do when somebody answers.
///
/// @param id the attempt's id; placing the same order again after a crash is refused, see
///   [Calls#outcomeAfterRestart]
/// @param prompt what is played from the answer on, signed 16-bit little-endian mono at 8 kHz;
///   shared between calls and never changed
/// @param listen what to listen for, or empty if nothing is recognised
/// @param record whether both sides are recorded (AC-REC-01: only if the customer asked for it)
/// @param ringing how long it may ring, 20 s to 2 min (P-31)
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two orders.
public record CallOrder(
    CallId id,
    CampaignId campaign,
    Msisdn callee,
    byte[] prompt,
    Optional<ListenFor> listen,
    boolean record,
    Duration ringing) {

  public CallOrder {
    if (prompt.length == 0 || prompt.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a prompt is whole 16-bit samples and at least one of them, got "
              + prompt.length
              + " bytes");
    }
  }
}
