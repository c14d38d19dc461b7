package kz.qonyrau.licensing;

import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kz.qonyrau.fleet.Admissions;
import kz.qonyrau.vocabulary.BoxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears every second what other programs on the same database have admitted and refused.
final class AdmissionWatch {

  private static final Logger log = LoggerFactory.getLogger(AdmissionWatch.class);
  private static final long EVERY_MS = 1_000;

  private final Admissions admissions;
  private final Consumer<BoxId> refused;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean blind = new AtomicBoolean();

  private AdmissionWatch(Admissions admissions, Consumer<BoxId> refused) {
    this.admissions = admissions;
    this.refused = refused;
  }

  /// Watches until `vertx` is closed.
  ///
  /// @param refused told of each box that another program refuses; must not block
  static void start(Vertx vertx, Admissions admissions, Consumer<BoxId> refused) {
    AdmissionWatch watch = new AdmissionWatch(admissions, refused);
    vertx.setPeriodic(EVERY_MS, _ -> watch.look());
  }

  private void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    admissions
        .refresh()
        .onComplete(done -> {
          looking.set(false);
          if (done.failed()) {
            if (blind.compareAndSet(false, true)) {
              log.atWarn()
                  .setCause(done.cause())
                  .log("boxes that are refused now are noticed when the database answers again");
            }
            return;
          }
          if (blind.compareAndSet(true, false)) {
            log.atInfo().log("the database answers again");
          }
          done.result()
              .forEach(box -> {
                log.atInfo().addKeyValue("box", box).log("a box is refused by another program");
                refused.accept(box);
              });
        });
  }
}
