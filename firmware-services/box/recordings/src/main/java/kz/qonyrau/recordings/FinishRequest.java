package kz.qonyrau.recordings;

import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.vocabulary.CallId;

/// What is known of a call whose recording is to be closed.
///
/// @param call the call, as it was given when recording began
/// @param campaign the campaign's id, 1 to 80 characters
/// @param contact a reference to the contact, up to 120 characters: an id, never a telephone number
/// @param startedAt when it was answered: the first sample
/// @param answered from the answer to the hang-up; what the recording must last
public record FinishRequest(
    CallId call, String campaign, String contact, Instant startedAt, Duration answered) {

  public FinishRequest {
    if (campaign.isEmpty() || campaign.length() > 80) {
      throw new IllegalArgumentException(
          "a campaign id has 1 to 80 characters, not " + campaign.length());
    }
    if (contact.length() > 120) {
      throw new IllegalArgumentException(
          "a contact reference has at most 120 characters, not " + contact.length());
    }
    if (answered.isNegative()) {
      throw new IllegalArgumentException("a call cannot last " + answered);
    }
  }
}
