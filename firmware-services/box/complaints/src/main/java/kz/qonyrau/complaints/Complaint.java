package kz.qonyrau.complaints;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedComplaint;

/// A complaint as the box knows it.
///
/// @param id a UUID that names it on all of the customer's boxes and at central
/// @param number whose complaint it is
/// @param contactAt when the subscriber was reached, as he says
/// @param receivedAt when it was entered, wherever that was
/// @param text what he says
/// @param enteredBy the login of who entered it, where that was at this box
/// @param campaign which campaign of this box reached him, if that is known
/// @param standing whether the number may be reached as far as this complaint goes
/// @param since since when it stands so
/// @param evidenceDue until when the customer may prove that he had consent, where that is asked
/// @param evidenceReceived whether some of it was given, here or elsewhere
/// @param answers how many were given here
public record Complaint(
    String id,
    Msisdn number,
    ContactChannel channel,
    ComplaintSource source,
    Instant contactAt,
    Instant receivedAt,
    String text,
    Optional<String> enteredBy,
    Optional<ReportedComplaint.Campaign> campaign,
    Standing standing,
    Instant since,
    Optional<Instant> evidenceDue,
    boolean evidenceReceived,
    int answers) {

  private static final int SHORT = 8;

  /// What people call it where no number may be named, as in a notice.
  public String shortName() {
    return id.substring(0, SHORT);
  }
}
