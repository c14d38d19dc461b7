package kz.qonyrau.cases;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;

/// What somebody asks who does not know who called him, or wants to complain of it (AC-WHO-01,
/// AC-SPM-01).
///
/// @param number his own
/// @param shown which number he saw, if he knows; whoever complains has to
/// @param contactAt about when he was called
/// @param reason why he asks
/// @param text what he says, 1 to 500 characters if he complains, and nothing otherwise
public record InquiryOrder(
    Msisdn number, Optional<Msisdn> shown, Instant contactAt, Reason reason, String text) {

  /// Why somebody asks the provider and not the caller (AC-WHO-02).
  public enum Reason {
    /// He was not told how the caller is reached.
    CONTACT_MISSING,
    /// He was, and did not reach him.
    NOT_REACHABLE,
    /// He complains.
    COMPLAINS
  }

  /// What is to become of a request.
  public enum Purpose {
    /// He is told who called him.
    WHO_CALLED,
    /// He complains.
    COMPLAINT
  }

  /// @throws IllegalArgumentException if a text is out of its range, or who complains does not say
  ///   which number he saw
  public InquiryOrder {
    if (reason == Reason.COMPLAINS) {
      Texts.require("text", text, 500);
      if (shown.isEmpty()) {
        throw new IllegalArgumentException("shown: which number called him is needed");
      }
    } else if (!text.isEmpty()) {
      throw new IllegalArgumentException("text: only who complains says anything");
    }
  }

  /// What he wants.
  public Purpose purpose() {
    return reason == Reason.COMPLAINS ? Purpose.COMPLAINT : Purpose.WHO_CALLED;
  }
}
