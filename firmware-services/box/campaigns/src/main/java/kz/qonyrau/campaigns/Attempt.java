package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// One dialling to one contact. Its row is on the disk before anyone sees it.
///
/// @param prompt ready to be played; the contact's variables are already in the text and must not
///   be filled in again, because their values are data
/// @param asking what is asked, if anything is; its texts are as ready as the prompt
/// @param machines what happens if no human answers
/// @param variables the contact's data by key, unchanged (AC-CON-08)
public record Attempt(
    CallId id,
    CampaignId campaign,
    Msisdn callee,
    Prompt prompt,
    Duration ringing,
    boolean record,
    Optional<Asking> asking,
    MachineRule machines,
    Map<String, String> variables) {

  public Attempt {
    variables = Map.copyOf(variables);
  }
}
