package kz.qonyrau.systemtests.uplink;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.uplink.DocumentListener;
import kz.qonyrau.uplink.Duties;
import kz.qonyrau.uplink.Enrolment;
import kz.qonyrau.uplink.EnrolmentAnswer;
import kz.qonyrau.uplink.Orders;
import kz.qonyrau.uplink.Purse;
import kz.qonyrau.uplink.Uplink;
import kz.qonyrau.uplink.UplinkSettings;
import kz.qonyrau.uplink.UplinkState;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.UsageReport;
import kz.qonyrau.wire.Vitals;
import org.jdbi.v3.core.Handle;

/// The part of a box that talks to central, with a database of its own.
final class RunningBox implements AutoCloseable {

  static final Vitals VITALS =
      new Vitals(
          "0.1.0",
          Duration.ofMinutes(5),
          "READY",
          true,
          List.of(new TrunkVitals("t0000000a", "Carrier", "UP", 2, 30, 100)),
          3,
          30,
          60,
          0,
          Tenge.of("100.00"),
          Tenge.ZERO,
          "0".repeat(64),
          0,
          50,
          100,
          List.of());

  final List<LeaseDocument> leases = new CopyOnWriteArrayList<>();
  final List<LicenseDocument> licenses = new CopyOnWriteArrayList<>();
  final List<PinDocument> pins = new CopyOnWriteArrayList<>();

  /// The orders by which it was to be erased.
  final List<String> erased = new CopyOnWriteArrayList<>();

  final Enrolment enrolment;
  private final TemporaryStore database = TemporaryStore.with("OUTBOX", "AUDIT", "UPLINK");
  private final Outbox outbox = new Outbox(Clock.systemUTC());
  private final UplinkSettings settings;
  private Uplink uplink;

  /// @param broker `host:port` instead of what central says, for example of a link that can be cut
  RunningBox(Path keys, RunningCentral central, Optional<String> broker) {
    enrolment = new Enrolment(keys, central.door(), "QB-0001", "0.1.0");
    settings =
        new UplinkSettings(
            central.door(),
            Optional.empty(),
            broker,
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            64,
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofDays(14));
    uplink = newUplink();
  }

  private Uplink newUplink() {
    return new Uplink(
        store(),
        outbox,
        enrolment,
        settings,
        new Duties(
            () -> Future.succeededFuture(VITALS), listener(), new EmptyPurse(), new NoOrders()),
        Clock.systemUTC());
  }

  private DocumentListener listener() {
    return new DocumentListener() {
      @Override
      public Future<Void> onLicense(LicenseDocument license) {
        licenses.add(license);
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onLease(LeaseDocument lease) {
        leases.add(lease);
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onPin(PinDocument pin) {
        pins.add(pin);
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onNotices(NoticeDocument notices) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onBlocks(BlocksDocument document, List<BlockDirective> directives) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onQuestions(List<Question> questions) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onPromotions(List<PromotedRecording> recordings) {
        return Future.succeededFuture();
      }
    };
  }

  /// Nothing is kept of what leases grant.
  private static final class EmptyPurse implements Purse {

    @Override
    public Posting post(Handle handle, LeaseDocument lease) {
      return new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO);
    }

    @Override
    public Tenge giveBack(Handle handle, String id) {
      return Tenge.ZERO;
    }

    @Override
    public BookStatement statement(Handle handle, BookStatement.Cause cause, long leaseVersion) {
      return new BookStatement(
          cause,
          leaseVersion,
          Tenge.ZERO,
          Tenge.ZERO,
          Tenge.ZERO,
          Tenge.ZERO,
          Tenge.ZERO,
          0,
          "0".repeat(64));
    }
  }

  /// Has no campaigns and measures nothing.
  private final class NoOrders implements Orders {

    @Override
    public Future<?> pauseCampaigns(CommandDocument command, Instant at, Answer answer) {
      return done(answer);
    }

    @Override
    public Future<?> resumeCampaigns(
        CommandDocument command, Optional<Instant> pausedAt, Answer answer) {
      return done(answer);
    }

    private Future<?> done(Answer answer) {
      return store()
          .write(handle -> {
            answer.done(handle);
            return true;
          });
    }

    @Override
    public Future<Map<String, String>> diagnostics() {
      return Future.succeededFuture(Map.of("program", "0.1.0"));
    }

    @Override
    public Future<?> restart(CommandDocument command) {
      return Future.failedFuture(new UnsupportedOperationException("nobody would start it again"));
    }

    @Override
    public void erase(String commandId) {
      erased.add(commandId);
    }
  }

  /// Enrols with a ticket and waits until the line is up.
  BoxIdentity join(ClaimTicket ticket) {
    uplink.start();
    EnrolmentAnswer answer = Eventually.answer(uplink.enrol(ticket));
    if (!(answer instanceof EnrolmentAnswer.Enrolled(BoxIdentity identity))) {
      throw new AssertionError("not enrolled: " + answer);
    }
    awaitOnline();
    return identity;
  }

  void awaitOnline() {
    Eventually.await(
        Duration.ofSeconds(20),
        "the box is online",
        () -> uplink.status().state() == UplinkState.ONLINE);
  }

  /// As after a restart of the program.
  void restart() {
    uplink.close();
    uplink = newUplink();
    uplink.start();
  }

  Store store() {
    return database.store();
  }

  Uplink uplink() {
    return uplink;
  }

  /// Puts reports of so many answered calls of 12.00 into the outbox.
  void report(int calls) {
    List<UsageReport> reports = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      reports.add(usage(CallId.random()));
    }
    for (UsageReport report : reports) {
      var _ =
          Eventually.answer(
              store()
                  .write(handle ->
                      Long.toString(
                          outbox.put(
                              handle,
                              new OutboxMessage(
                                  UsageReport.messageIdOf(report.itemId()),
                                  "usage",
                                  report.body())))));
    }
    uplink.nudge();
  }

  static UsageReport usage(CallId call) {
    return new UsageReport(
        UsageReport.itemIdOf(call),
        call,
        CampaignId.random(),
        CallOutcome.ANSWERED,
        Instant.now(Clock.systemUTC()),
        Duration.ofSeconds(30),
        List.of(
            new RatedLine(
                "CALL_TIME", 30, "SECOND", new BigDecimal("24.00"), Tenge.of("12.00"), "t-1")),
        Tenge.of("12.00"));
  }

  long outboxDepth() {
    return Eventually.answer(store().read(outbox::depth));
  }

  void awaitEmptyOutbox(Duration longest) {
    Eventually.await(longest, "central has acknowledged everything", () -> outboxDepth() == 0);
  }

  @Override
  public void close() {
    uplink.close();
    database.close();
  }
}
