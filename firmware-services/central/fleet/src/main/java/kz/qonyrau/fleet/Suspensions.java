package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kz.qonyrau.billing.CustomerNotice;
import kz.qonyrau.billing.CustomerNotices;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.SuspensionScope;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.Vitals;
import org.jdbi.v3.core.Handle;

/// Forbids and allows again what a license grants (SH-SUS-01, SH-SUS-02). A suspension stands in
/// the next version of the license, so that a box that is away is suspended when it comes back, and
/// in a register, so that people see what is still to be lifted. The customer is told of both.
public final class Suspensions {

  private static final int LONGEST_LIST = 500;

  private final Store store;
  private final Documents documents;
  private final CustomerNotices notices;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  Suspensions(
      Store store,
      Documents documents,
      CustomerNotices notices,
      InstantSource clock,
      Consumer<BoxId> changed) {
    this.store = store;
    this.documents = documents;
    this.notices = notices;
    this.clock = clock;
    this.changed = changed;
  }

  /// What became of an order to suspend or restore. Only [Done] has changed anything.
  public sealed interface Result {

    /// The license that says so.
    record Done(LicenseDocument license) implements Result {}

    record NoSuchBox() implements Result {}

    /// It is suspended already, or there is no such suspension to lift.
    record Unchanged() implements Result {}

    /// The box has told of no such trunk.
    record NoSuchTrunk() implements Result {}

    /// The box has no license in which it could stand, or the license cannot hold it; `why` says
    /// which.
    record Refused(String why) implements Result {}
  }

  /// Suspends something on a box, and nothing besides.
  ///
  /// @param note for the box's owner, 1 to 500 characters
  /// @param by the admin
  public Future<Result> suspend(
      BoxId box, SuspensionScope scope, SuspensionGround ground, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return done(box, store.write(handle -> suspend(handle, box, scope, ground, note, by)));
  }

  /// The same, inside the caller's transaction. The box is not told.
  Result suspend(
      Handle handle,
      BoxId box,
      SuspensionScope scope,
      SuspensionGround ground,
      String note,
      String by) {
    Optional<LicenseDocument> license = documents.license(handle, box);
    Optional<Result> refusal = refusal(handle, box, license);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<Suspension> suspensions = new ArrayList<>(license.get().suspensions());
    if (suspensions.stream().anyMatch(one -> one.scope().equals(scope))) {
      return new Result.Unchanged();
    }
    Optional<String> name = name(handle, box, scope);
    if (name.isEmpty()) {
      return new Result.NoSuchTrunk();
    }
    Instant now = clock.instant();
    suspensions.add(new Suspension(scope, ground.name(), now, note));
    return issue(handle, license.get(), suspensions, now, by)
        .orElseGet(() -> {
          SuspensionTable.Row row =
              new SuspensionTable.Row(UUID.randomUUID().toString(), box, scope, name.get());
          SuspensionTable.insert(handle, row, new SuspensionTable.Why(ground, note, now, by));
          note(
              handle,
              box,
              now,
              "SUSPENDED",
              words(scope, name.get()) + ", " + ground + ": " + note,
              by);
          tell(handle, row, true);
          return done(handle, box);
        });
  }

  /// Lifts this suspension. Others stay.
  ///
  /// @param note why, 1 to 500 characters
  /// @param by the admin
  public Future<Result> restore(BoxId box, SuspensionScope scope, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return done(box, store.write(handle -> restore(handle, box, scope, note, by)));
  }

  private Result restore(Handle handle, BoxId box, SuspensionScope scope, String note, String by) {
    Optional<LicenseDocument> license = documents.license(handle, box);
    Optional<Result> refusal = refusal(handle, box, license);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<Suspension> before = license.get().suspensions();
    List<Suspension> rest = before.stream().filter(one -> !one.scope().equals(scope)).toList();
    if (rest.size() == before.size()) {
      return new Result.Unchanged();
    }
    Instant now = clock.instant();
    return issue(handle, license.get(), rest, now, by)
        .orElseGet(() -> {
          SuspensionTable.Row lifted = SuspensionTable.lift(handle, box, scope, note, now, by);
          note(handle, box, now, "RESTORED", words(scope, lifted.name()) + ": " + note, by);
          tell(handle, lifted, false);
          return done(handle, box);
        });
  }

  /// What is suspended in the fleet and still to be lifted, the oldest first. Boxes that are
  /// refused for good are left out.
  public Future<List<OpenSuspension>> open() {
    return store.read(handle -> SuspensionTable.open(handle, LONGEST_LIST));
  }

  private static Optional<Result> refusal(
      Handle handle, BoxId box, Optional<LicenseDocument> license) {
    if (BoxAccount.find(handle, box).isEmpty()) {
      return Optional.of(new Result.NoSuchBox());
    }
    return license.isEmpty()
        ? Optional.of(new Result.Refused("the box has no license"))
        : Optional.empty();
  }

  /// What people call it; empty for a trunk of which the box has not told.
  private static Optional<String> name(Handle handle, BoxId box, SuspensionScope scope) {
    return switch (scope) {
      case SuspensionScope.Everything _ -> Optional.of("");
      case SuspensionScope.Module(String module) -> Optional.of(module);
      case SuspensionScope.Trunk(String id) ->
          Boxes.vitals(handle, box).map(Vitals::trunks).orElse(List.of()).stream()
              .filter(trunk -> trunk.id().equals(id))
              .map(TrunkVitals::name)
              .findFirst();
    };
  }

  private static String words(SuspensionScope scope, String name) {
    return switch (scope) {
      case SuspensionScope.Everything _ -> "everything";
      case SuspensionScope.Module(String module) -> module;
      case SuspensionScope.Trunk(String id) -> "trunk " + name + " (" + id + ")";
    };
  }

  /// @return why the license cannot say so, and then nothing is written
  private Optional<Result> issue(
      Handle handle, LicenseDocument last, List<Suspension> suspensions, Instant now, String by) {
    try {
      var _ = documents.suspend(handle, last, suspensions, now, by);
      return Optional.empty();
    } catch (MalformedMessageException malformed) {
      return Optional.of(new Result.Refused(malformed.why()));
    }
  }

  private void tell(Handle handle, SuspensionTable.Row what, boolean suspended) {
    boolean trunk = what.scope().trunk().isPresent();
    CustomerNotice.Code code =
        suspended
            ? trunk ? CustomerNotice.Code.TRUNK_SUSPENDED : CustomerNotice.Code.SERVICE_SUSPENDED
            : trunk ? CustomerNotice.Code.TRUNK_RESTORED : CustomerNotice.Code.SERVICE_RESTORED;
    String site = Boxes.site(handle, what.box());
    notices.tell(
        handle,
        BoxAccount.find(handle, what.box()).orElseThrow().organisation(),
        new CustomerNotice(
            code,
            what.id(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(trunk ? site + ": " + what.name() : site)));
  }

  private static void note(
      Handle handle, BoxId box, Instant now, String kind, String detail, String by) {
    var _ = Timeline.add(handle, new TimelineEntry(box, now, kind, detail, Optional.of(by)));
  }

  private Result done(Handle handle, BoxId box) {
    return new Result.Done(documents.license(handle, box).orElseThrow());
  }

  private Future<Result> done(BoxId box, Future<Result> result) {
    return result.onSuccess(what -> {
      if (what instanceof Result.Done) {
        changed.accept(box);
      }
    });
  }
}
