package kz.qonyrau.licensing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetEvent;
import kz.qonyrau.fleet.FleetLink;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.office.Office;
import kz.qonyrau.office.OfficeSettings;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.AstanaTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything of central, opened in order and closed in reverse.
public final class Assembly implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Assembly.class);
  private static final Duration START = Duration.ofSeconds(30);
  private static final long SWEEP_MS = 30_000;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Fleet fleet;
  private final Billing billing;
  private final Ledger ledger;
  private final EmbeddedBroker broker;
  private final EnrolmentDoor door;
  private final Office office;

  private Assembly(Path data, Settings settings, InstantSource clock)
      throws InterruptedException, TimeoutException {
    AstanaTime.requireFreshZoneData(AstanaTime.ZONE);
    EmbeddedBroker.prepareNetty();
    SecureRandom random = new SecureRandom();
    makePrivate(data);
    try {
      Vertx vertx =
          keep(
              Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2)),
              v -> v.close().await(10, TimeUnit.SECONDS));
      Store store =
          keep(
              Store.open(
                  new StoreSettings(
                      "jdbc:derby:" + data.resolve("database"),
                      settings.readers(),
                      settings.busyTimeout(),
                      Optional.empty()),
                  List.of("AUDIT", "LEDGER", "BILLING", "FLEET", "OFFICE")),
              Store::close);
      ledger = new Ledger(store, clock);
      AuditLog audit = new AuditLog(store, clock);
      var _ =
          audit
              .begin(
                  new Act(
                      Actor.program("licensing-server"), AuditAction.PROGRAM_STARTED, "", "", ""))
              .mapEmpty()
              .await(START.toSeconds(), TimeUnit.SECONDS);
      Authority authority = Authority.open(data.resolve("keys"), clock, random);
      billing = new Billing(store, ledger, Fleet::ownerOf, clock);
      billing
          .start(settings.firstPriceList().map(Assembly::text))
          .await(START.toSeconds(), TimeUnit.SECONDS);
      fleet = new Fleet(store, ledger, billing, authority, settings.fleet(), clock);
      fleet.start().await(START.toSeconds(), TimeUnit.SECONDS);
      broker =
          keep(
              EmbeddedBroker.start(
                  data.resolve("broker"),
                  settings.listen(),
                  settings.broker(),
                  authority,
                  fleet,
                  random),
              EmbeddedBroker::close);
      FleetLink link =
          keep(
              new FleetLink(
                  fleet,
                  reachable(settings.listen()) + ":" + broker.port(),
                  authority.centralIdentity().context(authority.certificate())),
              FleetLink::close);
      link.start(START);
      fleet.connect(link, broker.port());
      fleet.onChange(this::disconnectRefused);
      sweepNowAndThen(vertx);
      door =
          keep(
              EnrolmentDoor.open(
                  vertx, settings, authority, fleet, link::isConnected, random, clock),
              EnrolmentDoor::close);
      Settings.ConsoleSettings console = settings.console();
      office =
          keep(
              Office.open(
                      vertx,
                      store,
                      fleet,
                      billing,
                      audit,
                      new OfficeSettings(
                          console.host(),
                          console.port(),
                          data,
                          console.pages(),
                          console.firstPasswordMayStay()),
                      clock)
                  .await(START.toSeconds(), TimeUnit.SECONDS),
              Office::close);
    } catch (RuntimeException | InterruptedException | TimeoutException | Error failure) {
      close();
      throw failure;
    }
  }

  /// Opens central. Blocks for a few seconds.
  ///
  /// @param data where database, broker and keys live
  /// @throws IllegalStateException or another unchecked exception if a part cannot be opened; what
  ///   was opened before it is closed again
  public static Assembly open(Path data, Settings settings, InstantSource clock)
      throws InterruptedException, TimeoutException {
    return new Assembly(data, settings, clock);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the price list " + file, e);
    }
  }

  private static void makePrivate(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data directory " + directory, e);
    }
  }

  private static String reachable(String listen) {
    return listen.equals("0.0.0.0") || listen.equals("127.0.0.1") ? "localhost" : listen;
  }

  private interface Closing<T> {
    void close(T part) throws Exception;
  }

  private <T> T keep(T part, Closing<T> closing) {
    opened.push(() -> closing.close(part));
    return part;
  }

  private void disconnectRefused(FleetEvent event) {
    if (event instanceof FleetEvent.BoxChanged(var box) && !fleet.isAdmitted(box)) {
      broker.disconnect(box);
    }
  }

  private void sweepNowAndThen(Vertx vertx) {
    vertx.setPeriodic(
        SWEEP_MS,
        _ ->
            fleet
                .sweep()
                .onFailure(
                    failure -> log.atWarn().setCause(failure).log("silent boxes were not marked")));
  }

  /// The boxes.
  public Fleet fleet() {
    return fleet;
  }

  /// The customers' money.
  public Billing billing() {
    return billing;
  }

  /// Central's book.
  public Ledger ledger() {
    return ledger;
  }

  /// The port of the admins' pages.
  public int consolePort() {
    return office.port();
  }

  /// The port of the broker.
  public int brokerPort() {
    return broker.port();
  }

  /// The port of the enrolment door.
  public int enrolmentPort() {
    return door.port();
  }

  /// Closes in reverse what was opened. A part that does not close is logged and does not keep the
  /// others from closing.
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        log.atWarn().setCause(failure).log("a part did not close in good order");
      }
    }
  }
}
