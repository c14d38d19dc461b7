package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.uplink.Duties;
import kz.qonyrau.uplink.Enrolment;
import kz.qonyrau.uplink.EnrolmentAnswer;
import kz.qonyrau.uplink.Uplink;
import kz.qonyrau.uplink.UplinkSettings;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.TlsIdentity;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.UsageReport;
import kz.qonyrau.wire.Vitals;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// How many usage records a second a box's real outbox and uplink bring to the real licensing
/// server and get acknowledged (PLT-07); what 7 days without a line cost: time to write, bytes on
/// the disk, time to drain. Beside it, the same bytes through the same broker from a publisher to a
/// subscriber, with neither a database nor receipts.
final class UplinkRate {

  /// 7 days of 5,000 calls.
  private static final int OFFLINE = Integer.getInteger("records", 35_000);

  private static final int ONLINE = Integer.getInteger("online", 5_000);
  private static final int BARE = Integer.getInteger("bare", 20_000);
  private static final int WINDOW = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  /// Counting a long outbox is work, too.
  private static final Duration COUNT = Duration.ofMillis(500);

  private static final String TOPIC = "acb/v1/bare/usage";

  private final Map<String, Double> details = new LinkedHashMap<>();

  Figure run(Place place) throws Exception {
    Path box = place.data().resolve("box");
    BoxIdentity identity;
    double online;
    try (CentralAlone central = new CentralAlone(place.root(), place.data().resolve("central"))) {
      central.start();
      Enrolment enrolment = new Enrolment(box.resolve("identity"), central.door(), "B-1", "0.1.0");
      identity = enrolled(enrolment.claim(central.ticket()));
      try (Store store = open(box)) {
        Outbox outbox = new Outbox(Clock.systemUTC());
        try (Uplink uplink = uplink(store, outbox, enrolment, central)) {
          uplink.start();
          details.put("warmUpPerSecond", drained(store, outbox, uplink, ONLINE / 5));
          online = drained(store, outbox, uplink, ONLINE);
        }
      }
      central.stop();
      long before = central.tableBytes();
      long boxBefore = CentralAlone.bytes(box.resolve("database/seg0"));
      try (Store store = open(box)) {
        Outbox outbox = new Outbox(Clock.systemUTC());
        long begun = System.nanoTime();
        fill(store, outbox, OFFLINE, 1);
        details.put("offlineRecords", (double) OFFLINE);
        details.put("offlineWriteSeconds", seconds(begun));
      }
      details.put(
          "boxBytesPerRecord",
          (double) (CentralAlone.bytes(box.resolve("database/seg0")) - boxBefore) / OFFLINE);
      central.start();
      CpuMeter meter = new CpuMeter(Map.of("central", central.program().pid()));
      drain(box, enrolment, central);
      details.put(
          "centralCpuMsPerRecord", 1000 * meter.seconds().getOrDefault("central", 0.0) / OFFLINE);
      central.stop();
      details.put("centralTableBytesPerRecord", (double) (central.tableBytes() - before) / OFFLINE);
      double bare = bare(place, central, identity);
      return new Figure(
          "uplink",
          online,
          "usage records per second from a box's outbox to central's receipt, window " + WINDOW,
          bare,
          "the same messages through the same broker, publisher to subscriber, no store, no"
              + " receipts",
          online / bare,
          "value / baseline",
          details);
    }
  }

  private void drain(Path box, Enrolment enrolment, CentralAlone central) {
    try (Store store = open(box)) {
      Outbox outbox = new Outbox(Clock.systemUTC());
      try (Uplink uplink = uplink(store, outbox, enrolment, central)) {
        long begun = System.nanoTime();
        uplink.start();
        await("the outbox is empty", COUNT, () -> depth(store, outbox) == 0);
        details.put("offlineDrainSeconds", seconds(begun));
        details.put("drainRecordsPerSecond", OFFLINE / seconds(begun));
      }
    }
  }

  private static BoxIdentity enrolled(EnrolmentAnswer answer) {
    if (answer instanceof EnrolmentAnswer.Enrolled(BoxIdentity identity)) {
      return identity;
    }
    throw new IllegalStateException("not enrolled: " + answer);
  }

  private static Store open(Path box) {
    return Store.open(
        new StoreSettings(
            "jdbc:derby:" + box.resolve("database"), 2, Duration.ofSeconds(10), Optional.empty()),
        List.of("OUTBOX", "UPLINK"));
  }

  private static Uplink uplink(
      Store store, Outbox outbox, Enrolment enrolment, CentralAlone central) {
    var idle = new IdleBox();
    return new Uplink(
        store,
        outbox,
        enrolment,
        UplinkSettings.of(central.door()),
        new Duties(() -> Future.succeededFuture(vitals()), idle, idle, idle),
        Clock.systemUTC());
  }

  private static Vitals vitals() {
    return new Vitals(
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
  }

  /// Records a second from the outbox to the receipt, while the outbox never runs empty.
  private static double drained(Store store, Outbox outbox, Uplink uplink, int records)
      throws InterruptedException {
    long begun = System.nanoTime();
    fill(store, outbox, records, 32);
    uplink.nudge();
    await("the outbox is empty", COUNT, () -> depth(store, outbox) == 0);
    return records / seconds(begun);
  }

  private static long depth(Store store, Outbox outbox) {
    return store.read(outbox::depth).await();
  }

  /// Puts records into the outbox, each in a transaction of its own as each call does.
  ///
  /// @param atOnce how many transactions may be waited for
  private static void fill(Store store, Outbox outbox, int records, int atOnce)
      throws InterruptedException {
    Semaphore room = new Semaphore(atOnce);
    for (int each = 0; each < records; each++) {
      UsageReport report = report();
      room.acquire();
      var _ =
          store
              .write(handle ->
                  Long.toString(
                      outbox.put(
                          handle,
                          new OutboxMessage(
                              UsageReport.messageIdOf(report.itemId()), "usage", report.body()))))
              .onComplete(_ -> room.release());
    }
    room.acquire(atOnce);
  }

  private static UsageReport report() {
    CallId call = CallId.random();
    return new UsageReport(
        UsageReport.itemIdOf(call),
        call,
        CampaignId.random(),
        CallOutcome.ANSWERED,
        Instant.now(Clock.systemUTC()),
        Duration.ofSeconds(30),
        List.of(
            new RatedLine(
                "CALL_TIME", 30, "SECOND", new BigDecimal("0.3000"), Tenge.of("9.00"), "bench-1"),
            new RatedLine(
                "STT_TIME", 30, "SECOND", new BigDecimal("0.1000"), Tenge.of("3.00"), "bench-1")),
        Tenge.of("12.00"));
  }

  private static void await(String what, Duration look, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + PATIENCE.toMinutes() + " min: " + what);
      }
      LockSupport.parkNanos(look.toNanos());
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  // ---- the baseline

  private double bare(Place place, CentralAlone central, BoxIdentity identity) throws Exception {
    try (Program broker =
        Program.start(
            place.data().resolve("bare.log"),
            "bare broker",
            System.getProperty("java.class.path"),
            "-Xmx512m",
            "kz.qonyrau.bench.BareBroker",
            central.keys().toString(),
            place.data().resolve("bare").toString())) {
      String server = "ssl://localhost:" + broker.next(PATIENCE).path("port").asInt();
      Authority authority = Authority.open(central.keys(), Clock.systemUTC(), new SecureRandom());
      AtomicInteger arrived = new AtomicInteger();
      MqttAsyncClient subscriber =
          client(server, "subscriber", authority.centralIdentity(), authority, arrived);
      subscriber.subscribe(TOPIC, 1).waitForCompletion(20_000);
      MqttAsyncClient publisher =
          client(server, "publisher", identity.tls(), authority, new AtomicInteger());
      byte[] message = message(identity);
      details.put("messageBytes", (double) message.length);
      double unused = carried(publisher, arrived, message, BARE / 5);
      details.put("bareWarmUpPerSecond", unused);
      double rate = carried(publisher, arrived, message, BARE);
      publisher.disconnect().waitForCompletion(10_000);
      subscriber.disconnect().waitForCompletion(10_000);
      return rate;
    }
  }

  private static byte[] message(BoxIdentity identity) {
    UsageReport report = report();
    return Envelope.sign(
            UUID.randomUUID().toString(),
            identity.id(),
            1,
            Instant.now(Clock.systemUTC()),
            Schemas.USAGE,
            new String(report.body(), StandardCharsets.UTF_8),
            identity.signer())
        .bytes();
  }

  /// Messages a second from the publisher to the subscriber, as many on their way as a box's window
  /// allows.
  private static double carried(
      MqttAsyncClient publisher, AtomicInteger arrived, byte[] message, int count)
      throws MqttException, InterruptedException {
    int before = arrived.get();
    long begun = System.nanoTime();
    for (int each = 0; each < count; each++) {
      while (each - (arrived.get() - before) >= WINDOW) {
        LockSupport.parkNanos(20_000);
      }
      var _ = publisher.publish(TOPIC, message, 1, false);
    }
    await("everything has arrived", LOOK, () -> arrived.get() - before >= count);
    return count / seconds(begun);
  }

  private static MqttAsyncClient client(
      String server, String name, TlsIdentity identity, Authority authority, AtomicInteger arrived)
      throws MqttException {
    var client = new MqttAsyncClient(server, name, new MemoryPersistence());
    client.setCallback(
        new MqttCallback() {
          @Override
          public void connectionLost(Throwable cause) {}

          @Override
          public void messageArrived(String topic, MqttMessage message) {
            arrived.incrementAndGet();
          }

          @Override
          public void deliveryComplete(IMqttDeliveryToken token) {}
        });
    var options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setMaxInflight(2 * WINDOW + 8);
    options.setSocketFactory(identity.context(authority.certificate()).getSocketFactory());
    options.setHttpsHostnameVerificationEnabled(true);
    client.connect(options).waitForCompletion(20_000);
    return client;
  }
}
