package kz.qonyrau.campaigns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// The numbers of a recipient, and which of them may be called (AC-CON-03, AC-SPM-08).
///
/// What a subscriber said himself, that he does not want to be called or that he complains, and
/// what the law says of him, holds for the person: he is called at none of his numbers. An entry of
/// the customer or of the provider holds for its number alone, and another one is called instead.
///
/// @param dials the one that his next call goes to
/// @param own those that this campaign may dial, in their order; the first is always among them
/// @param all those that his list has of him, also the ones that another recipient is called at
record RecipientNumbers(Msisdn dials, List<Msisdn> own, List<Msisdn> all) {

  RecipientNumbers {
    own = List.copyOf(own);
    all = List.copyOf(all);
  }

  /// As they are written down.
  static RecipientNumbers of(Handle handle, long campaignNo, int seq) {
    List<Msisdn> own = new ArrayList<>();
    List<Msisdn> all = new ArrayList<>();
    List<Msisdn> dials = new ArrayList<>();
    handle
        .createQuery(
            """
            SELECT r.number, r.dials, o.number AS other, p.number AS own_other
            FROM campaign.recipient r
            LEFT JOIN campaign.other_number o ON o.list_no = r.list_no AND o.seq = r.contact_seq
            LEFT JOIN campaign.recipient_other p
                ON p.campaign_no = r.campaign_no AND p.seq = r.seq AND p.place = o.place
            WHERE r.campaign_no = :no AND r.seq = :seq
            ORDER BY o.place
            """)
        .bind("no", campaignNo)
        .bind("seq", seq)
        .map((row, _) -> {
          if (dials.isEmpty()) {
            dials.add(new Msisdn(row.getString("dials")));
            own.add(new Msisdn(row.getString("number")));
            all.add(own.getFirst());
          }
          Optional.ofNullable(row.getString("other")).map(Msisdn::new).ifPresent(all::add);
          Optional.ofNullable(row.getString("own_other")).map(Msisdn::new).ifPresent(own::add);
          return true;
        })
        .list();
    return new RecipientNumbers(dials.getFirst(), own, all);
  }

  /// Writes down which number the next call to a recipient goes to.
  static void dial(Handle handle, long campaignNo, int seq, Msisdn number) {
    handle
        .createUpdate(
            "UPDATE campaign.recipient SET dials = :number WHERE campaign_no = :no AND seq = :seq")
        .bind("number", number.e164())
        .bind("no", campaignNo)
        .bind("seq", seq)
        .execute();
  }

  /// What becomes of the next call to him.
  sealed interface Choice {

    /// It may go to this number: the one that it was to go to, if that may be called, else the next
    /// one that may.
    record Dial(Msisdn number) implements Choice {}

    /// He is to be left alone.
    record LeaveAlone(Consent why) implements Choice {}
  }

  /// Which number may be dialled now.
  ///
  /// @param may which numbers are possible for other reasons
  Choice choose(Handle handle, Predicate<Msisdn> may) {
    if (all.size() == 1) {
      return Suppressions.status(handle, dials)
          .map(why -> (Choice) new Choice.LeaveAlone(why))
          .orElseGet(() -> new Choice.Dial(dials));
    }
    Optional<Consent> said = Suppressions.personal(handle, all);
    if (said.isPresent()) {
      return new Choice.LeaveAlone(said.get());
    }
    Predicate<Msisdn> callable = number -> Suppressions.status(handle, number).isEmpty();
    if (callable.test(dials)) {
      return new Choice.Dial(dials);
    }
    return NextCall.following(dials, own, callable.and(may))
        .map(number -> (Choice) new Choice.Dial(number))
        .orElseGet(() -> new Choice.LeaveAlone(Consent.BLOCKED));
  }
}
