package kz.qonyrau.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// One call that somebody made to a number of the box.
///
/// @param at when it came in
/// @param caller who called, as the carrier says; empty if he hid his number
/// @param called which number he called, as the carrier writes it
/// @param told what was said to him; empty while the call is under way
/// @param contact the call of the box that he was told of
/// @param heard from the answer to the end; zero if he was not answered
/// @param wish what he asked for by a key
/// @param refused how often he was not answered any more later that day (AC-WHO-05)
public record CallBack(
    CallId id,
    Instant at,
    Optional<Msisdn> caller,
    TrunkId trunk,
    Optional<String> called,
    Optional<Told> told,
    Optional<Contact> contact,
    Duration heard,
    Optional<Wish> wish,
    int refused) {

  /// The box's own call to him.
  ///
  /// @param at when it began
  public record Contact(CallId call, CampaignId campaign, Instant at) {}

  /// What somebody who calls back is told.
  public enum Told {
    /// Who called him, when, and how to reach them.
    CALLED,
    /// That nobody called him from here.
    NOT_CALLED,
    /// That it cannot be said, as he hides his number.
    HIDDEN,
    /// Nothing: he hung up first, or the box could not speak.
    NOTHING
  }

  /// What he asks for.
  public enum Wish {
    /// Not to be called again (AC-CON-04).
    LEAVE_ALONE,
    /// That the call be looked into (AC-SPM-01).
    COMPLAIN
  }
}
