package kz.qonyrau.licensing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.BoxesOfFleet;
import kz.qonyrau.fleet.CustomersOfFleet;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetEvent;
import kz.qonyrau.fleet.FleetLink;
import kz.qonyrau.fleet.Notices;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.office.Office;
import kz.qonyrau.office.OfficeSettings;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything of central, or a node of it whose broker is elsewhere, opened in order and closed in
/// reverse.
public final class Assembly implements Program {

  private static final Logger log = LoggerFactory.getLogger(Assembly.class);
  private static final Duration START = Duration.ofSeconds(30);
  private static final long SWEEP_MS = 30_000;

  private final Parts parts = new Parts();
  private final Fleet fleet;
  private final Billing billing;
  private final Inquiries inquiries;
  private final Ledger ledger;
  private final Settings.Address brokerAddress;
  private final EnrolmentDoor door;
  private final Office office;

  private Assembly(Path data, Settings settings, InstantSource clock)
      throws InterruptedException, TimeoutException {
    AstanaTime.requireFreshZoneData(AstanaTime.ZONE);
    BrokerServer.prepareNetty();
    SecureRandom random = new SecureRandom();
    Parts.makePrivate(data);
    try {
      Vertx vertx = parts.vertx();
      Store store =
          parts.store(
              data, settings, List.of("AUDIT", "LEDGER", "BILLING", "CASES", "FLEET", "OFFICE"));
      ledger = new Ledger(store, clock);
      AuditLog audit = new AuditLog(store, clock);
      var _ =
          audit
              .begin(
                  new Act(
                      Actor.program("licensing-server"), AuditAction.PROGRAM_STARTED, "", "", ""))
              .mapEmpty()
              .await(START.toSeconds(), TimeUnit.SECONDS);
      Authority authority =
          Authority.open(settings.keys().orElse(data.resolve("keys")), clock, random);
      Notices notices = new Notices(clock);
      billing = new Billing(store, ledger, Fleet::ownerOf, notices, clock);
      billing
          .start(settings.firstPriceList().map(Assembly::text))
          .await(START.toSeconds(), TimeUnit.SECONDS);
      Cases cases = new Cases(store, new CustomersOfFleet(), authority.caseKey(), clock);
      inquiries = new Inquiries(store, cases, new BoxesOfFleet(), authority.caseKey(), clock);
      Promotions promotions = new Promotions(store, Fleet::ownerOf, authority.caseKey(), clock);
      fleet =
          new Fleet(
              store,
              ledger,
              billing,
              cases,
              inquiries,
              promotions,
              authority,
              notices,
              settings.fleet(),
              clock);
      fleet.admissions().start().await(START.toSeconds(), TimeUnit.SECONDS);
      Optional<BrokerServer> own =
          settings.role() == Settings.Role.ALL
              ? Optional.of(startBroker(data, settings, authority, random))
              : Optional.empty();
      brokerAddress =
          own.map(broker -> new Settings.Address(reachable(settings.listen()), broker.port()))
              .or(() -> settings.broker().at())
              .orElseThrow();
      FleetLink link =
          parts.keep(
              new FleetLink(
                  fleet,
                  brokerAddress.toString(),
                  settings.node(),
                  authority.centralIdentity().context(authority.certificate())),
              FleetLink::close);
      link.start(START);
      fleet.connect(link, brokerAddress.port());
      own.ifPresent(broker -> fleet.onChange(event -> disconnectRefused(event, broker)));
      if (settings.database().isPresent()) {
        AdmissionWatch.start(
            vertx, fleet.admissions(), box -> own.ifPresent(broker -> broker.disconnect(box)));
      }
      sweepNowAndThen(vertx);
      door =
          parts.keep(
              EnrolmentDoor.open(vertx, settings, authority, fleet, link, random, clock),
              EnrolmentDoor::close);
      Settings.ConsoleSettings console = settings.console();
      office =
          parts.keep(
              Office.open(
                      vertx,
                      store,
                      fleet,
                      billing,
                      cases,
                      inquiries,
                      promotions,
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
      parts.close();
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

  private static String reachable(String listen) {
    return listen.equals("0.0.0.0") || listen.equals("127.0.0.1") ? "localhost" : listen;
  }

  private BrokerServer startBroker(
      Path data, Settings settings, Authority authority, SecureRandom random) {
    return parts.keep(
        BrokerServer.start(
            data.resolve("broker"),
            settings.listen(),
            settings.broker(),
            settings.publicHost(),
            authority,
            fleet.admissions(),
            fleet.trespasses(),
            random),
        BrokerServer::close);
  }

  private void disconnectRefused(FleetEvent event, BrokerServer broker) {
    if (event instanceof FleetEvent.BoxChanged(var box) && !fleet.admissions().isAdmitted(box)) {
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
    vertx.setPeriodic(
        SWEEP_MS,
        _ ->
            billing
                .sweep()
                .onFailure(failure ->
                    log.atWarn().setCause(failure).log("what is due by the clock was not done")));
    vertx.setPeriodic(
        SWEEP_MS,
        _ ->
            inquiries
                .sweep()
                .onFailure(failure ->
                    log.atWarn().setCause(failure).log("requests of subscribers were not ended")));
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
    return brokerAddress.port();
  }

  /// The port of the enrolment door.
  public int enrolmentPort() {
    return door.port();
  }

  @Override
  public String readyLine() {
    return "{\"ready\":true,\"http\":"
        + consolePort()
        + ",\"brokerPort\":"
        + brokerPort()
        + ",\"enrolmentPort\":"
        + enrolmentPort()
        + "}";
  }

  /// Closes in reverse what was opened.
  @Override
  public void close() {
    parts.close();
  }
}
