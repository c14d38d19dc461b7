package kz.qonyrau.billing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.vocabulary.Tenge;

/// Something that a customer is to be told (SH-NOT-01).
///
/// @param code what it is
/// @param cause names what happened, so that the same is told once
/// @param amount the money that is spoken of, if any
/// @param until the moment that is spoken of, if any
/// @param subject the name of what is spoken of, if any, 1 to 300 characters
public record CustomerNotice(
    Code code,
    String cause,
    Optional<Tenge> amount,
    Optional<Instant> until,
    Optional<String> subject) {

  /// What is told. Names go to boxes, so one that was released stays.
  public enum Code {
    /// A payment has arrived.
    PAYMENT_CREDITED,
    /// The first registration brought units for the analysis of conversations (SH-BAL-11).
    WELCOME_BONUS_CREDITED,
    /// In two days they lapse (SH-BAL-13).
    WELCOME_BONUS_LAPSES,
    /// They have lapsed (SH-BAL-12).
    WELCOME_BONUS_VOIDED,
    /// A benefit tariff's condition is not met (SH-TAR-11).
    BENEFIT_AT_RISK,
    /// A benefit tariff is over, and what it reduced was rated again (SH-TAR-12).
    BENEFIT_ENDED,
    /// A paid period ends soon (XT-SUB-04).
    PLAN_ENDS,
    /// A paid period has ended and was not renewed (SH-SUS-06).
    PLAN_ENDED,
    /// The provider demands that the customer stops what is billable himself (SH-SUS-04).
    DEMAND_SUSPEND,
    /// The provider demands that the customer closes his account himself (SH-SUS-04).
    DEMAND_CLOSE,
    /// The account is closed.
    ACCOUNT_CLOSED,
    /// One trunk of a box is suspended (SH-SUS-02); the subject names both.
    TRUNK_SUSPENDED,
    /// It is not any more.
    TRUNK_RESTORED,
    /// A function of a box, or all that is billable on it, is suspended; the subject names the box.
    SERVICE_SUSPENDED,
    /// It is not any more.
    SERVICE_RESTORED
  }

  /// A notice of money, or of a moment, with no name to it.
  public static CustomerNotice of(
      Code code, String cause, Optional<Tenge> amount, Optional<Instant> until) {
    return new CustomerNotice(code, cause, amount, until, Optional.empty());
  }

  /// What names it for good.
  public UUID id() {
    return UUID.nameUUIDFromBytes((code + "/" + cause).getBytes(StandardCharsets.UTF_8));
  }
}
