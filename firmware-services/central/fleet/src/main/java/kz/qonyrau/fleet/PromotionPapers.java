package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.cases.Promotion;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.ReportedWithdrawal;
import kz.qonyrau.wire.SealingKey;
import org.jdbi.v3.core.Handle;

/// Tells boxes which of their recordings are published (SH-NOT-11, AC-REC-06), hears what they say
/// to it, and raises the alarm when something was not removed in time. A box's newest document has
/// everything that is open; one that never told its key is told when it has.
///
/// Every method runs in the caller's transaction.
final class PromotionPapers {

  private static final String BY = "promotions";

  private final Promotions promotions;
  private final Documents documents;

  PromotionPapers(Promotions promotions, Documents documents) {
    this.promotions = promotions;
    this.documents = documents;
  }

  private record Next(SealingKey key, List<PromotedRecording> recordings, String sha256) {}

  /// The version of a box's newest document, 0 for none.
  static long version(Handle handle, BoxId box) {
    return LastTold.PROMOTIONS.version(handle, box);
  }

  /// Whether a heartbeat names a version that was never issued here: central came back from an
  /// older copy of its database.
  static boolean isNews(Handle handle, BoxId box, Heartbeat heartbeat) {
    return heartbeat.promotionVersion() > version(handle, box);
  }

  /// Takes note of it, so that the next version is one that the box takes.
  static void hear(Handle handle, BoxId box, Heartbeat heartbeat) {
    LastTold.PROMOTIONS.hear(handle, box, heartbeat.promotionVersion());
  }

  /// Whether [#keep] would issue something. Only reads.
  boolean isDue(Handle handle, BoxId box) {
    return due(handle, box).isPresent();
  }

  /// Issues what the box is to know now, if that is something else than before.
  ///
  /// @return whether there is something new to send
  boolean keep(Handle handle, BoxId box, Instant now) {
    Optional<Next> due = due(handle, box);
    if (due.isEmpty()) {
      return false;
    }
    Next next = due.get();
    long version = version(handle, box) + 1;
    documents.issuePromotions(
        handle, PromotionDocument.seal(box, version, next.recordings(), next.key()), now, BY);
    LastTold.PROMOTIONS.put(handle, box, version, next.sha256());
    return true;
  }

  private Optional<Next> due(Handle handle, BoxId box) {
    List<PromotedRecording> recordings = promotions.recordings(handle, box);
    if (recordings.isEmpty() && version(handle, box) == 0) {
      return Optional.empty();
    }
    return Blocklists.key(handle, box)
        .map(key -> new Next(key, recordings, sha256(key, recordings)))
        .filter(next -> !LastTold.PROMOTIONS.said(handle, box, next.sha256()));
  }

  private static String sha256(SealingKey key, List<PromotedRecording> recordings) {
    StringBuilder all = new StringBuilder(key.text());
    for (PromotedRecording one : recordings) {
      all.append(' ').append(one.id()).append(one.withdrawal());
      one.publications().forEach(each -> all.append(' ').append(each));
    }
    return Sha256.of(all.toString());
  }

  // ---- what boxes say

  /// What a withdrawal at a box did.
  ///
  /// @param changed whether the consent is withdrawn by it
  /// @param alarm what was raised, as nothing of this box can be withdrawn by that name
  record Heard(boolean changed, Optional<TimelineEntry> alarm) {}

  /// Takes what a box's owner said. What names no consent of this box changes nothing.
  Heard take(Handle handle, BoxId box, String id, ReportedWithdrawal said, Instant now) {
    return switch (promotions.take(handle, box, id, said)) {
      case NOTED -> {
        var _ =
            Timeline.add(
                handle,
                new TimelineEntry(
                    box, now, "PROMOTION_WITHDRAWN", "consent " + id, Optional.of(said.by())));
        yield new Heard(true, Optional.empty());
      }
      case KNOWN -> new Heard(false, Optional.empty());
      case UNKNOWN_CASE ->
          new Heard(
              false,
              Timeline.alarm(handle, box, "CASE_UNKNOWN", "withdraws no consent: " + id, now));
      case FOREIGN_CASE ->
          new Heard(
              false,
              Timeline.alarm(handle, box, "CASE_FOREIGN", "another box's consent: " + id, now));
    };
  }

  /// Raises the alarm for what was not removed in time.
  ///
  /// @return what was raised
  List<TimelineEntry> alarm(Handle handle, Instant now) {
    List<TimelineEntry> raised = new ArrayList<>();
    for (Promotion late : promotions.alarming(handle)) {
      Timeline.alarm(
              handle,
              late.consent().box(),
              "PROMOTION_OVERDUE",
              "the recording of call " + late.consent().call() + " is still published",
              now)
          .ifPresent(raised::add);
    }
    return raised;
  }
}
