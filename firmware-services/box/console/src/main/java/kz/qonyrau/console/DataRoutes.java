package kz.qonyrau.console;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import kz.qonyrau.calls.CallFilter;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Outflow;
import kz.qonyrau.web.Problem;
import kz.qonyrau.web.Throttle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The owner takes his data away, at any time and while the box retires (PLT-22).
final class DataRoutes {

  private static final Logger log = LoggerFactory.getLogger(DataRoutes.class);

  private record SummaryView(long lists, long contacts, long campaigns, long calls) {}

  private final DataArchive.Sources sources;
  private final String box;
  private final Supplier<Optional<BoxId>> boxId;
  private final InstantSource clock;
  // So often in an hour whoever it is may take everything away (AC-CON-06): enough for downloads
  // that break off, too few for copying the lists as they grow.
  private static final int FILES_AN_HOUR = 10;

  private final Throttle files;
  // One at a time: it keeps the database and a core busy for a while, and calls go first.
  private final Semaphore free = new Semaphore(1);

  DataRoutes(
      DataArchive.Sources sources,
      String box,
      Supplier<Optional<BoxId>> boxId,
      InstantSource clock) {
    this.sources = sources;
    this.box = box;
    this.boxId = boxId;
    this.clock = clock;
    this.files = new Throttle(clock, FILES_AN_HOUR, Duration.ofHours(1));
  }

  Desk on(Desk desk) {
    return desk.on("data", this::summary).on("dataFile", this::file);
  }

  /// How much there is to take.
  private Answer summary(Asked asked) {
    long lists = 0;
    long contacts = 0;
    for (ContactList list : sources.lists().all().await()) {
      lists++;
      contacts += list.state() == ContactList.State.READY ? list.contacts() : 0;
    }
    CallFilter everything = new CallFilter(Optional.empty(), Optional.empty());
    return Answer.ok(
        new SummaryView(
            lists,
            contacts,
            sources.campaigns().all().await().size(),
            sources.calls().page(everything, 0, 1).await().total()));
  }

  private Answer file(Asked asked) throws IOException {
    DataArchive archive =
        new DataArchive(sources, box, boxId.get().map(BoxId::value).orElse(""), clock);
    if (!free.tryAcquire()) {
      throw Problem.tooMany(
          "DATA_FILE_BUSY",
          "The data is being taken away already. Try again when that is done.",
          Duration.ofSeconds(30));
    }
    Optional<Duration> wait = files.take(asked.person().login());
    if (wait.isPresent()) {
      free.release();
      throw Problem.tooMany(
          "TOO_MANY_DATA_FILES",
          "The data was taken away "
              + FILES_AN_HOUR
              + " times within the hour. Wait for as long as Retry-After says.",
          wait.get());
    }
    String name = "qonyrau-" + AstanaTime.dateOf(clock.instant()) + ".zip";
    return new Answer.Stream("application/zip", name, outflow(archive, asked));
  }

  private Outflow outflow(DataArchive archive, Asked asked) {
    // Given up before the last byte leaves, so that whoever has it can ask again.
    AtomicBoolean held = new AtomicBoolean(true);
    Runnable release =
        () -> {
          if (held.compareAndSet(true, false)) {
            free.release();
          }
        };
    return new Outflow() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        log.atInfo().addKeyValue("person", asked.person().loggable()).log("data is taken away");
        try {
          DataArchive.Summary summary = archive.writeTo(out);
          log.atInfo()
              .addKeyValue("person", asked.person().loggable())
              .addKeyValue("contacts", summary.contacts())
              .addKeyValue("calls", summary.calls())
              .log("data was taken away");
        } finally {
          release.run();
        }
      }

      @Override
      public void close() {
        release.run();
      }
    };
  }
}
