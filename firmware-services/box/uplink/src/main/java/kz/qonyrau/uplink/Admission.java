package kz.qonyrau.uplink;

import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.wire.ClaimTicket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a box that central does not know yet becomes one of its boxes: by the ticket of its
/// settings, until central has answered to one, or by one that a person types in. For the uplink's
/// thread only.
final class Admission {

  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private final Enrolment enrolment;
  private final Pauses pauses;
  private final StatusBoard status;
  private Optional<ClaimTicket> ticket;

  /// @param ticket of the settings
  /// @param pauses shared with whoever else tries to reach central
  Admission(Enrolment enrolment, Optional<ClaimTicket> ticket, Pauses pauses, StatusBoard status) {
    this.enrolment = enrolment;
    this.ticket = ticket;
    this.pauses = pauses;
    this.status = status;
  }

  /// Who this box is, if it was enrolled before.
  Optional<BoxIdentity> earlier() {
    return enrolment.identity();
  }

  /// The ticket of the settings, while it may still be good, and if it is time to try it.
  Optional<ClaimTicket> ticketToTry() {
    return pauses.areOver() ? ticket : Optional.empty();
  }

  /// Asks central to admit this box. Blocks for at most some 30 s.
  EnrolmentAnswer claim(ClaimTicket typed) {
    EnrolmentAnswer answer = enrolment.claim(typed);
    switch (answer) {
      case EnrolmentAnswer.Enrolled _ -> {
        ticket = Optional.empty();
        pauses.end();
      }
      case EnrolmentAnswer.Refused(var refusal) -> {
        ticket = Optional.empty();
        notEnrolled(refusal.code());
        log.atWarn()
            .addKeyValue("code", refusal.code())
            .addKeyValue("field", refusal.field().orElse(""))
            .log("central refuses to enrol this box");
      }
      case EnrolmentAnswer.WrongProvider _ -> {
        ticket = Optional.empty();
        notEnrolled("WRONG_PROVIDER");
        log.atWarn().log("whoever answers at central's address is not the ticket's provider");
      }
      case EnrolmentAnswer.Unreachable(String why) -> {
        notEnrolled("CENTRAL_UNREACHABLE");
        Duration pause = pauses.begin();
        log.atInfo()
            .addKeyValue("why", why)
            .addKeyValue("pauseMs", pause.toMillis())
            .log("central cannot be reached to enrol");
      }
    }
    return answer;
  }

  private void notEnrolled(String fault) {
    if (status.state() == UplinkState.NOT_ENROLLED) {
      status.showFault(fault);
    }
  }
}
