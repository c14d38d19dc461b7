package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Suspension;
import org.jdbi.v3.core.Handle;

/// Forbids and allows again what a license grants (SH-SUS-01, SH-SUS-02). A suspension stands in
/// the next version of the license, so that a box that is away is suspended when it comes back.
public final class Suspensions {

  private final Store store;
  private final Documents documents;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  Suspensions(Store store, Documents documents, InstantSource clock, Consumer<BoxId> changed) {
    this.store = store;
    this.documents = documents;
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

    /// The box has no license in which it could stand, or the license cannot hold it; `why` says
    /// which.
    record Refused(String why) implements Result {}
  }

  /// Suspends one module of a box, or everything billable on it.
  ///
  /// @param module as in the license; empty for everything
  /// @param note for the box's owner, 1 to 500 characters
  /// @param by the admin
  public Future<Result> suspend(
      BoxId box, Optional<String> module, SuspensionGround ground, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return done(box, store.write(handle -> suspend(handle, box, module, ground, note, by)));
  }

  /// The same, inside the caller's transaction. The box is not told.
  Result suspend(
      Handle handle,
      BoxId box,
      Optional<String> module,
      SuspensionGround ground,
      String note,
      String by) {
    return change(
        handle,
        box,
        by,
        new Entry("SUSPENDED", name(module) + ", " + ground + ": " + note),
        (suspensions, now) -> {
          if (suspensions.stream().anyMatch(one -> one.module().equals(module))) {
            return Optional.empty();
          }
          List<Suspension> more = new ArrayList<>(suspensions);
          more.add(new Suspension(module, ground.name(), now, note));
          return Optional.of(more);
        });
  }

  /// Lifts the suspension of this module, or the one of everything. Others stay.
  ///
  /// @param note why, 1 to 500 characters
  /// @param by the admin
  public Future<Result> restore(BoxId box, Optional<String> module, String note, String by) {
    Texts.require("note", note, 500);
    Texts.require("by", by, 100);
    return done(
        box,
        store.write(handle ->
            change(
                handle,
                box,
                by,
                new Entry("RESTORED", name(module) + ": " + note),
                (suspensions, _) -> {
                  List<Suspension> rest =
                      suspensions.stream().filter(one -> !one.module().equals(module)).toList();
                  return rest.size() == suspensions.size() ? Optional.empty() : Optional.of(rest);
                })));
  }

  private static String name(Optional<String> module) {
    return module.orElse("everything");
  }

  private interface Change {
    Optional<List<Suspension>> of(List<Suspension> suspensions, Instant now);
  }

  private Future<Result> done(BoxId box, Future<Result> result) {
    return result.onSuccess(what -> {
      if (what instanceof Result.Done) {
        changed.accept(box);
      }
    });
  }

  private Result change(Handle handle, BoxId box, String by, Entry entry, Change change) {
    if (BoxAccount.find(handle, box).isEmpty()) {
      return new Result.NoSuchBox();
    }
    return documents
        .license(handle, box)
        .map(last -> apply(handle, last, by, entry, change))
        .orElseGet(() -> new Result.Refused("the box has no license"));
  }

  private record Entry(String kind, String detail) {}

  private Result apply(Handle handle, LicenseDocument last, String by, Entry entry, Change change) {
    Instant now = clock.instant();
    Optional<List<Suspension>> suspensions = change.of(last.suspensions(), now);
    if (suspensions.isEmpty()) {
      return new Result.Unchanged();
    }
    LicenseDocument license;
    try {
      license = documents.suspend(handle, last, suspensions.get(), now, by);
    } catch (MalformedMessageException malformed) {
      return new Result.Refused(malformed.why());
    }
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(last.boxId(), now, entry.kind(), entry.detail(), Optional.of(by)));
    return new Result.Done(license);
  }
}
