package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import org.jdbi.v3.core.Handle;

/// What must not be deleted on boxes for now, because the law or a claim wants it: everything on
/// one, or what it keeps of calls of some days; several at a time (SH-RET-02). A hold stands in the
/// box's next license, so that a box that is away is told when it comes back, or by a file, and in
/// a register, which is what each new license says. While one stands, no order to end the box is
/// given (SH-SUS-05).
public final class LegalHolds {

  private final Store store;
  private final Documents documents;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  LegalHolds(Store store, Documents documents, InstantSource clock, Consumer<BoxId> changed) {
    this.store = store;
    this.documents = documents;
    this.clock = clock;
    this.changed = changed;
  }

  /// What became of an order to put or lift a hold. Only [Done] has changed anything.
  public sealed interface Result {

    /// It stands in the register and, where the box has one, in its license.
    record Done() implements Result {}

    record NoSuchBox() implements Result {}

    /// The box has no hold of this id that stands.
    record NoSuchHold() implements Result {}

    /// No more holds fit into a license; `most` do.
    record TooMany(int most) implements Result {}
  }

  /// Puts a hold on a box.
  ///
  /// @param days of which calls; empty for everything on the box
  /// @param reason for the box's owner, 1 to 300 characters
  /// @param by who puts it
  public Future<Result> put(BoxId box, Optional<HeldDays> days, String reason, String by) {
    Texts.require("reason", reason, LegalHold.LONGEST_REASON);
    Texts.require("by", by, 100);
    return told(box, store.write(handle -> put(handle, box, days, reason, by)));
  }

  private Result put(Handle handle, BoxId box, Optional<HeldDays> days, String reason, String by) {
    if (BoxAccount.find(handle, box).isEmpty()) {
      return new Result.NoSuchBox();
    }
    if (LegalHoldTable.standing(handle, box).size() >= LicenseDocument.MOST_HOLDS) {
      return new Result.TooMany(LicenseDocument.MOST_HOLDS);
    }
    Instant now = clock.instant();
    LegalHold hold = new LegalHold(UUID.randomUUID().toString(), days, reason, by, now);
    LegalHoldTable.insert(handle, box, hold);
    return issued(handle, box, now, "LEGAL_HOLD", words(hold) + ": " + reason, by);
  }

  /// Lifts one hold. Others stay.
  ///
  /// @param holdId the hold's id
  /// @param note why, 1 to 500 characters
  /// @param by who lifts it
  public Future<Result> lift(BoxId box, String holdId, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return told(box, store.write(handle -> lift(handle, box, holdId, note, by)));
  }

  private Result lift(Handle handle, BoxId box, String holdId, String note, String by) {
    if (BoxAccount.find(handle, box).isEmpty()) {
      return new Result.NoSuchBox();
    }
    Optional<LegalHold> hold =
        LegalHoldTable.standing(handle, box).stream()
            .filter(one -> one.id().equals(holdId))
            .findFirst();
    Instant now = clock.instant();
    if (hold.isEmpty() || !LegalHoldTable.lift(handle, box, holdId, note, now, by)) {
      return new Result.NoSuchHold();
    }
    return issued(handle, box, now, "LEGAL_HOLD_LIFTED", words(hold.get()) + ": " + note, by);
  }

  /// Why nothing on the box may be erased, if nothing may: the reason of the oldest hold.
  static Optional<String> find(Handle handle, BoxId box) {
    return LegalHoldTable.standing(handle, box).stream().map(LegalHold::reason).findFirst();
  }

  private Result issued(
      Handle handle, BoxId box, Instant now, String kind, String detail, String by) {
    documents.hold(handle, box, now, by);
    var _ = Timeline.add(handle, new TimelineEntry(box, now, kind, detail, Optional.of(by)));
    return new Result.Done();
  }

  private static String words(LegalHold hold) {
    return hold.days().map(HeldDays::toString).orElse("everything");
  }

  private Future<Result> told(BoxId box, Future<Result> result) {
    return result.onSuccess(what -> {
      if (what instanceof Result.Done) {
        changed.accept(box);
      }
    });
  }
}
