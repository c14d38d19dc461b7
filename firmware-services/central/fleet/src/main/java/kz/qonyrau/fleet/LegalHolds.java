package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import org.jdbi.v3.core.Handle;

/// Boxes on which nothing may be erased for now, because the law or a claim wants what is there
/// (SH-SUS-05). No order to end such a box is given.
public final class LegalHolds {

  private final Store store;
  private final InstantSource clock;
  private final Consumer<BoxId> changed;

  LegalHolds(Store store, InstantSource clock, Consumer<BoxId> changed) {
    this.store = store;
    this.clock = clock;
    this.changed = changed;
  }

  /// Puts a box on hold, or says anew why it is.
  ///
  /// @param why 1 to 500 characters
  /// @return false if there is no such box
  public Future<Boolean> put(BoxId box, String why, String by) {
    Texts.require("why", why, 500);
    return set(box, Optional.of(why), "LEGAL_HOLD", why, by);
  }

  /// Takes a box off hold.
  ///
  /// @param note why, 1 to 500 characters
  /// @return false if there is no such box, or it is not on hold
  public Future<Boolean> lift(BoxId box, String note, String by) {
    Texts.require("note", note, 500);
    return set(box, Optional.empty(), "LEGAL_HOLD_LIFTED", note, by);
  }

  private Future<Boolean> set(
      BoxId box, Optional<String> why, String kind, String detail, String by) {
    Texts.require("by", by, 100);
    return store
        .write(handle -> {
          int done =
              handle
                  .createUpdate(
                      """
                      UPDATE fleet.box SET legal_hold = :why
                      WHERE id = :box AND (:putting = 1 OR legal_hold IS NOT NULL)
                      """)
                  .bindByType("why", why.orElse(null), String.class)
                  .bind("box", box.value())
                  .bind("putting", why.isPresent() ? 1 : 0)
                  .execute();
          if (done > 0) {
            var _ =
                Timeline.add(
                    handle, new TimelineEntry(box, clock.instant(), kind, detail, Optional.of(by)));
          }
          return done > 0;
        })
        .onSuccess(done -> {
          if (done) {
            changed.accept(box);
          }
        });
  }

  /// Why nothing on the box may be erased, if nothing may.
  static Optional<String> find(Handle handle, BoxId box) {
    return handle
        .createQuery("SELECT legal_hold FROM fleet.box WHERE id = :box AND legal_hold IS NOT NULL")
        .bind("box", box.value())
        .mapTo(String.class)
        .findOne();
  }
}
