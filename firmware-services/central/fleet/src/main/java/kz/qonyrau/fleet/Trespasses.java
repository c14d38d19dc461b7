package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Boxes that did at the broker what they may not: a topic of another one, a message that is too
/// large, another one's name. The broker has refused it and ended the connection; people hear of it
/// here (PLT-08).
public final class Trespasses {

  private static final Logger log = LoggerFactory.getLogger(Trespasses.class);
  private static final String CODE = "BROKER_REFUSED";

  /// A box that tries again and again is counted so often at most.
  private static final long PAUSE_MS = Duration.ofSeconds(5).toMillis();

  private final Store store;
  private final InstantSource clock;
  private final Consumer<TimelineEntry> raised;
  private final Map<BoxId, Long> last = new ConcurrentHashMap<>();

  /// @param store with the schema FLEET
  /// @param raised told of each alarm that is new to people, on a thread of the store
  public Trespasses(Store store, InstantSource clock, Consumer<TimelineEntry> raised) {
    this.store = store;
    this.clock = clock;
    this.raised = raised;
  }

  /// Raises an alarm. Nobody waits for it, and it does not block.
  ///
  /// @param what the box tried
  public void report(BoxId box, String what) {
    long now = clock.millis();
    boolean counts =
        last.merge(box, now, (before, again) -> again - before < PAUSE_MS ? before : again) == now;
    if (!counts) {
      return;
    }
    store
        .write(handle ->
            BoxAccount.find(handle, box).isEmpty()
                ? Optional.<TimelineEntry>empty()
                : Timeline.alarm(handle, box, CODE, what, clock.instant()))
        .onSuccess(alarm -> alarm.ifPresent(raised))
        .onFailure(failure ->
            log.atWarn()
                .addKeyValue("box", box)
                .addKeyValue("what", what)
                .setCause(failure)
                .log("an alarm could not be written"));
  }
}
