package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;

/// What the provider demands that a customer does himself (SH-SUS-04).
///
/// @param until by when; after that the provider does it
/// @param decision what became of it; empty while it is open
public record Demand(
    String id,
    OrganisationId organisation,
    What what,
    SuspensionGround ground,
    String note,
    Instant demandedAt,
    String demandedBy,
    Instant until,
    State state,
    Optional<Decision> decision) {

  /// What is demanded.
  public enum What {
    /// That he stops what is billable on his boxes.
    SUSPEND,
    /// That he closes his account.
    CLOSE
  }

  /// What became of a demand.
  public enum State {
    OPEN,
    /// The customer has done it.
    MET,
    /// The provider does not demand it any more.
    WITHDRAWN,
    /// The customer had not done it in time, so the provider did.
    CARRIED_OUT
  }

  /// Who ended a demand, when and why.
  public record Decision(Instant at, String by, String note) {}
}
