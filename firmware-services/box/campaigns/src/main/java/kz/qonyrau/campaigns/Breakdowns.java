package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Says why each contact of a started campaign is not being called.
final class Breakdowns {

  private Breakdowns() {}

  /// @param standing of the campaign with the dialer, a moment ago
  static Breakdown of(Handle handle, CampaignTable.Stored stored, Standing standing) {
    long no = stored.campaignNo();
    Progress progress = Tally.progress(handle, no, stored.state());
    Breakdown.Builder parts = new Breakdown.Builder();
    parts.add(Reason.CALLED, progress.done());
    parts.add(Reason.IN_CALL, progress.active());
    parts.add(
        Reason.WAITING_TO_RETRY,
        progress.waiting(),
        progress.waiting() == 0
            ? Optional.empty()
            : CandidateTable.firstDue(handle, no, List.of(StoredState.WAITING)));
    parts.add(
        Reason.CAP_REACHED,
        progress.capped(),
        progress.capped() == 0
            ? Optional.empty()
            : CandidateTable.firstDue(
                handle, no, List.of(StoredState.CAPPED, StoredState.CAPPED_AGAIN)));
    pending(parts, progress.pending(), stored.state(), standing);
    parts.excluded(progress.excluded());
    Seen seen = Seen.of(handle, stored);
    parts.add(Reason.DUPLICATE, seen.looked - parts.sum());
    parts.add(
        stored.state().isOver() ? Reason.NOT_CALLED : Reason.PREPARING,
        seen.contacts - seen.looked);
    return parts.build();
  }

  private static void pending(
      Breakdown.Builder parts, long pending, CampaignState state, Standing standing) {
    if (state.isOver()) {
      parts.add(Reason.NOT_CALLED, pending);
      return;
    }
    Reason reason = Reason.of(standing.idle().reason());
    // The dialer counted a moment ago, and who rests may have been called since.
    long resting = reason == Reason.IN_TURN ? Math.min(standing.resting(), pending) : 0;
    boolean theirs = standing.idle().reason() == IdleReason.NUMBERS_RESTING;
    parts.add(Reason.NUMBER_RESTING, resting, theirs ? standing.idle().until() : Optional.empty());
    parts.add(
        reason,
        pending - resting,
        reason == Reason.IN_TURN ? Optional.empty() : standing.idle().until());
  }

  /// @param contacts on the lists
  /// @param looked of them were looked at when the recipients were written down
  private record Seen(long contacts, long looked) {

    static Seen of(Handle handle, CampaignTable.Stored stored) {
      record At(int base, int contact) {}
      At at =
          handle
              .createQuery(
                  """
                  SELECT recipients, prepared_contact FROM campaign.campaign
                  WHERE campaign_no = :no
                  """)
              .bind("no", stored.campaignNo())
              .map((row, _) -> new At(row.getInt("recipients"), row.getInt("prepared_contact")))
              .one();
      long looked = (long) at.base + at.contact;
      if (stored.prepared()) {
        return new Seen(looked, looked);
      }
      long contacts =
          stored.order().lists().stream()
              .flatMap(list -> ListTable.find(handle, list).stream())
              .filter(list -> list.state().equals("READY"))
              .mapToLong(list -> list.list().contacts())
              .sum();
      return new Seen(Math.max(contacts, looked), looked);
    }
  }
}
