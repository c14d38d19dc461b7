package kz.qonyrau.systemtests.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import kz.qonyrau.fleet.ParkedMessage;
import kz.qonyrau.fleet.TimelineEntry;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.uplink.Enrolment;
import kz.qonyrau.uplink.EnrolmentAnswer;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Receipt;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.TlsIdentity;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.UsageReport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a box may do at the broker, and what becomes of one that tries more. Speaks MQTT by hand
/// with the keys of real boxes.
@Timeout(120)
class BrokerRightsTest {

  @TempDir private static Path shared;
  private static RunningCentral central;
  private static BoxIdentity alpha;
  private static BoxIdentity beta;

  @BeforeAll
  static void startCentralAndEnrolTwo() throws InterruptedException, TimeoutException {
    central = new RunningCentral(shared.resolve("central"));
    alpha = enrolled("alpha");
    beta = enrolled("beta");
  }

  @AfterAll
  static void stopCentral() {
    central.close();
  }

  private static BoxIdentity enrolled(String name) {
    var enrolment = new Enrolment(shared.resolve(name), central.door(), "QB-" + name, "0.1.0");
    if (!(enrolment.claim(central.ticket("100.00"))
        instanceof EnrolmentAnswer.Enrolled(BoxIdentity identity))) {
      throw new AssertionError(name + " was not enrolled");
    }
    return identity;
  }

  /// A connection made by hand.
  private static final class Line implements AutoCloseable {
    final MqttClient client;
    final BlockingQueue<MqttMessage> heard = new LinkedBlockingQueue<>();
    private final MqttConnectOptions options = new MqttConnectOptions();
    private String listensTo = "";

    Line(SSLContext tls, String clientId, Optional<String> willTopic) throws MqttException {
      client =
          new MqttClient(
              "ssl://localhost:" + central.brokerPort(), clientId, new MemoryPersistence());
      client.setTimeToWait(10_000);
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      options.setSocketFactory(tls.getSocketFactory());
      options.setCleanSession(true);
      options.setMaxInflight(200);
      willTopic.ifPresent(topic -> options.setWill(topic, "{}".getBytes(UTF_8), 1, false));
      client.setCallback(
          new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
              heard.add(message);
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
          });
      client.connect(options);
    }

    static Line of(BoxIdentity box) throws MqttException {
      return new Line(tls(box), box.id().value(), Optional.empty());
    }

    void awaitDisconnection() {
      Eventually.await(Duration.ofSeconds(15), "the broker hangs up", () -> !client.isConnected());
    }

    /// Hears receipts, also after it came back.
    void listenTo(String topic) throws MqttException {
      listensTo = topic;
      client.subscribe(topic, 1);
    }

    /// Sends as fast as it goes, and comes back as a box does when the broker, whose room for a
    /// topic is full, hangs up; what was under way then may be lost.
    ///
    /// The client counts a message as under way until it has told its listener, which is later than
    /// it lets the sender go on.
    void publishWhenThereIsRoom(String topic, byte[] bytes) throws MqttException {
      while (true) {
        try {
          // Does not wait for the broker, which syncs its journal for each message that is waited
          // for.
          var _ = client.getTopic(topic).publish(bytes, 1, false);
          return;
        } catch (MqttException refused) {
          switch (refused.getReasonCode()) {
            case MqttException.REASON_CODE_MAX_INFLIGHT ->
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            case MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                MqttException.REASON_CODE_CLIENT_DISCONNECTING,
                MqttException.REASON_CODE_CONNECTION_LOST ->
                comeBack();
            default -> throw refused;
          }
        }
      }
    }

    private void comeBack() {
      Eventually.await(
          Duration.ofSeconds(60),
          "the broker lets it in again",
          () -> {
            try {
              if (!client.isConnected()) {
                client.connect(options);
              }
              client.subscribe(listensTo, 1);
              return true;
            } catch (MqttException _) {
              return false;
            }
          });
    }

    /// Sends a message again and again, as a box does, until its receipt is heard.
    void publishUntilReceipt(String topic, Envelope message) throws Exception {
      Instant patience = now().plus(Duration.ofMinutes(30));
      while (now().isBefore(patience)) {
        publishWhenThereIsRoom(topic, message.bytes());
        Instant again = now().plus(Duration.ofSeconds(10));
        while (now().isBefore(again)) {
          MqttMessage receipt = heard.poll(1, TimeUnit.SECONDS);
          if (receipt != null && idsOf(receipt).contains(message.msgId())) {
            return;
          }
        }
      }
      throw new AssertionError("no receipt of the last message");
    }

    /// The next receipt's message ids.
    List<String> receipt() throws InterruptedException {
      MqttMessage message = heard.poll(15, TimeUnit.SECONDS);
      assertThat(message).as("a receipt").isNotNull();
      return idsOf(message);
    }

    private static List<String> idsOf(MqttMessage receipt) {
      return Receipt.parse(Envelope.parse(receipt.getPayload()).body()).msgIds();
    }

    @Override
    public void close() {
      try {
        client.disconnectForcibly(0, 500);
      } catch (MqttException _) {
        // The broker was faster.
      }
      try {
        client.close(true);
      } catch (MqttException _) {
        // Nothing is kept.
      }
    }
  }

  private static SSLContext tls(BoxIdentity box) {
    return box.tls().context(box.authority());
  }

  private static Envelope usage(BoxIdentity box, String msgId, UsageReport report) {
    return Envelope.sign(
        msgId, box.id(), 1, now(), Schemas.USAGE, new String(report.body(), UTF_8), box.signer());
  }

  private static Instant now() {
    return Instant.now(Clock.systemUTC());
  }

  private static String topic(BoxIdentity box, TopicKind kind) {
    return new Topic(box.id(), kind).text();
  }

  private static long booked(BoxIdentity box) {
    return Eventually.answer(central.fleet().views().box(box.id()))
        .orElseThrow()
        .money()
        .used()
        .tiyn();
  }

  private static void awaitAlarm(BoxIdentity box, String code) {
    Eventually.await(
        Duration.ofSeconds(15),
        "alarm " + code,
        () ->
            Eventually.answer(central.fleet().views().timeline(box.id(), 500)).stream()
                .map(TimelineEntry::kind)
                .anyMatch(code::equals));
  }

  @ParameterizedTest
  @Tag("PLT-08")
  @ValueSource(strings = {"usage", "heartbeat", "licence", "receipt", "lease"})
  void noBoxPublishesInAnothersName(String kind) throws MqttException {
    String foreign = "acb/v1/" + beta.id() + "/" + kind;
    try (Line line = Line.of(alpha)) {
      publishAnyhow(line, foreign, "{}".getBytes(UTF_8), false);
      line.awaitDisconnection();
    }
    awaitAlarm(alpha, "BROKER_REFUSED");
  }

  @ParameterizedTest
  @Tag("PLT-08")
  @ValueSource(strings = {"licence", "lease", "receipt", "command"})
  void noBoxWritesWhatOnlyCentralMayWrite(String kind) throws MqttException {
    try (Line line = Line.of(alpha)) {
      publishAnyhow(line, "acb/v1/" + alpha.id() + "/" + kind, "{}".getBytes(UTF_8), false);
      line.awaitDisconnection();
    }
  }

  @Test
  @Tag("PLT-08")
  void noBoxLeavesRetainedMessages() throws MqttException {
    try (Line line = Line.of(alpha)) {
      publishAnyhow(line, topic(alpha, TopicKind.USAGE), "{}".getBytes(UTF_8), true);
      line.awaitDisconnection();
    }
  }

  private static void publishAnyhow(Line line, String topic, byte[] bytes, boolean retained) {
    try {
      line.client.publish(topic, bytes, 1, retained);
    } catch (MqttException _) {
      // Hung up on in the middle of it.
    }
  }

  @ParameterizedTest
  @Tag("PLT-08")
  @ValueSource(
      strings = {"BETA/licence", "BETA/usage", "+/licence", "+/#", "ALPHA/usage", "ALPHA/+"})
  void noBoxListensToAnother(String shape) throws MqttException {
    String filter =
        "acb/v1/" + shape.replace("BETA", beta.id().value()).replace("ALPHA", alpha.id().value());
    try (Line line = Line.of(alpha)) {
      assertThatThrownBy(() -> line.client.subscribe(filter, 1)).isInstanceOf(MqttException.class);
      line.awaitDisconnection();
    }
    try (Line line = Line.of(alpha)) {
      assertThatThrownBy(() -> line.client.subscribe("#", 1)).isInstanceOf(MqttException.class);
    }
  }

  @Test
  @Tag("PLT-08")
  void noBoxTakesAnothersClientIdOrLastWill() {
    assertThatThrownBy(() -> new Line(tls(alpha), beta.id().value(), Optional.empty()))
        .isInstanceOf(MqttException.class);
    assertThatThrownBy(() -> new Line(tls(alpha), "central", Optional.empty()))
        .isInstanceOf(MqttException.class);
    assertThatThrownBy(() ->
            new Line(tls(alpha), alpha.id().value(), Optional.of(topic(beta, TopicKind.HEARTBEAT))))
        .isInstanceOf(MqttException.class);
  }

  @Test
  @Tag("PLT-08")
  void whoHasNoCertificateOfThisProviderIsNotLetIn() throws Exception {
    SSLContext bare = SSLContext.getInstance("TLSv1.3");
    var trust =
        javax.net.ssl.TrustManagerFactory.getInstance(
            javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
    trust.init(TlsIdentity.trustStore(alpha.authority()));
    bare.init(null, trust.getTrustManagers(), null);
    assertThatThrownBy(() -> new Line(bare, alpha.id().value(), Optional.empty()))
        .isInstanceOf(MqttException.class);

    // Another provider's CA vouches for alpha's very name.
    try (RunningCentral other = new RunningCentral(shared.resolve("other"))) {
      var enrolment = new Enrolment(shared.resolve("gamma"), other.door(), "QB-g", "0.1.0");
      if (!(enrolment.claim(other.ticket("0.00"))
          instanceof EnrolmentAnswer.Enrolled(BoxIdentity gamma))) {
        throw new AssertionError("gamma was not enrolled");
      }
      SSLContext foreign = gamma.tls().context(alpha.authority());
      assertThatThrownBy(() -> new Line(foreign, gamma.id().value(), Optional.empty()))
          .isInstanceOf(MqttException.class);
    }
  }

  @Test
  @Tag("PLT-07")
  @Tag("EX-PLT-2")
  void aUsageMessageThatComesTwiceIsBookedOnce() throws Exception {
    BoxIdentity box = enrolled("delta");
    UsageReport report = RunningBox.usage(CallId.random());
    Envelope message = usage(box, UUID.randomUUID().toString(), report);
    Envelope sameItem = usage(box, UUID.randomUUID().toString(), report);
    try (Line line = Line.of(box)) {
      line.client.subscribe(topic(box, TopicKind.RECEIPT), 1);
      line.client.publish(topic(box, TopicKind.USAGE), message.bytes(), 1, false);
      assertThat(line.receipt()).containsExactly(message.msgId());
      line.client.publish(topic(box, TopicKind.USAGE), message.bytes(), 1, false);
      assertThat(line.receipt()).containsExactly(message.msgId());
      line.client.publish(topic(box, TopicKind.USAGE), sameItem.bytes(), 1, false);
      assertThat(line.receipt()).containsExactly(sameItem.msgId());
    }

    assertThat(booked(box)).isEqualTo(Tenge.of("12.00").tiyn());
    assertThat(
            Eventually.answer(
                    central.ledger().balance(new kz.qonyrau.ledger.WalletId("box/" + box.id())))
                .available())
        .isEqualTo(Tenge.of("88.00"));
  }

  @Test
  @Tag("PLT-07")
  void anotherBodyUnderAKnownMessageIdRaisesAnAlarmAndChangesNothing() throws Exception {
    BoxIdentity box = enrolled("epsilon");
    String id = UUID.randomUUID().toString();
    try (Line line = Line.of(box)) {
      line.client.subscribe(topic(box, TopicKind.RECEIPT), 1);
      for (int i = 0; i < 2; i++) {
        Envelope message = usage(box, id, RunningBox.usage(CallId.random()));
        line.client.publish(topic(box, TopicKind.USAGE), message.bytes(), 1, false);
        assertThat(line.receipt()).containsExactly(id);
      }
    }

    awaitAlarm(box, "MESSAGE_FORKED");
    assertThat(booked(box)).isEqualTo(1_200);
  }

  @Test
  @Tag("PLT-25")
  void whatThisVersionDoesNotKnowIsParkedAndAcknowledged() throws Exception {
    BoxIdentity box = enrolled("zeta");
    Envelope later =
        Envelope.sign(
            UUID.randomUUID().toString(),
            box.id(),
            1,
            now(),
            "usage/2",
            "{\"anything\":[1,2]}",
            box.signer());
    Envelope broken =
        Envelope.sign(
            UUID.randomUUID().toString(),
            box.id(),
            2,
            now(),
            Schemas.USAGE,
            "{\"itemId\":\"call/1\"}",
            box.signer());
    try (Line line = Line.of(box)) {
      line.client.subscribe(topic(box, TopicKind.RECEIPT), 1);
      line.client.publish(topic(box, TopicKind.USAGE), later.bytes(), 1, false);
      assertThat(line.receipt()).containsExactly(later.msgId());
      line.client.publish(topic(box, TopicKind.USAGE), broken.bytes(), 1, false);
      assertThat(line.receipt()).containsExactly(broken.msgId());
    }

    assertThat(Eventually.answer(central.fleet().views().parked(100)))
        .filteredOn(parked -> parked.box().equals(box.id()))
        .extracting(ParkedMessage::schema)
        .containsExactlyInAnyOrder("usage/2", "usage/1");
    awaitAlarm(box, "BODY_MALFORMED");
  }

  @Test
  @Tag("PLT-08")
  void whatTheBoxDidNotSignIsNotAppliedAndNotAcknowledged() throws Exception {
    BoxIdentity box = enrolled("eta");
    DocumentSigner stranger = new DocumentSigner(DocumentSigner.newKeyPair().getPrivate());
    UsageReport report = RunningBox.usage(CallId.random());
    Envelope forged =
        Envelope.sign(
            UUID.randomUUID().toString(),
            box.id(),
            1,
            now(),
            Schemas.USAGE,
            new String(report.body(), UTF_8),
            stranger);
    Envelope foreign =
        Envelope.sign(
            UUID.randomUUID().toString(),
            BoxId.random(),
            1,
            now(),
            Schemas.USAGE,
            new String(report.body(), UTF_8),
            box.signer());
    Envelope honest = usage(box, UUID.randomUUID().toString(), report);
    try (Line line = Line.of(box)) {
      line.client.subscribe(topic(box, TopicKind.RECEIPT), 1);
      String usage = topic(box, TopicKind.USAGE);
      line.client.publish(usage, forged.bytes(), 1, false);
      line.client.publish(usage, foreign.bytes(), 1, false);
      for (String garbage :
          List.of("", "null", "\u0000\u0001", "{\"msgId\":", "[".repeat(40_000), "💥")) {
        line.client.publish(usage, garbage.getBytes(UTF_8), 1, false);
      }
      line.client.publish(usage, honest.bytes(), 1, false);

      assertThat(line.receipt()).containsExactly(honest.msgId());
    }

    awaitAlarm(box, "BAD_SIGNATURE");
    awaitAlarm(box, "FOREIGN_BOX_ID");
    awaitAlarm(box, "MESSAGE_MALFORMED");
    assertThat(booked(box)).isEqualTo(1_200);
  }

  /// `-Dduplicates=1000000` sends so many.
  @Test
  @Tag("PLT-07")
  @Timeout(3_600)
  void duplicatesInAnyNumberAreBookedOnceAndEachIsAcknowledged() throws Exception {
    BoxIdentity box = enrolled("kappa");
    int times = Integer.getInteger("duplicates", 1_000);
    Envelope usage = usage(box, UUID.randomUUID().toString(), RunningBox.usage(CallId.random()));
    try (Line line = Line.of(box)) {
      line.listenTo(topic(box, TopicKind.RECEIPT));
      for (int time = 0; time < times; time++) {
        line.publishWhenThereIsRoom(topic(box, TopicKind.USAGE), usage.bytes());
        if (time % 10_000 == 0) {
          line.heard.clear();
          assertThat(booked(box)).isLessThanOrEqualTo(1_200);
        }
      }
      line.publishUntilReceipt(topic(box, TopicKind.USAGE), usage);
      // What comes after them all says that they were taken.
      Envelope last = usage(box, UUID.randomUUID().toString(), RunningBox.usage(CallId.random()));
      line.publishUntilReceipt(topic(box, TopicKind.USAGE), last);
    }
    assertThat(booked(box)).isEqualTo(2_400);
  }

  @Test
  void aMessageThatIsTooLargeEndsTheConnectionAndNothingElse() throws Exception {
    BoxIdentity box = enrolled("theta");
    for (int size : new int[] {Envelope.LIMIT_BYTES + 1, 10_000_000}) {
      try (Line line = Line.of(box)) {
        publishAnyhow(line, topic(box, TopicKind.USAGE), new byte[size], false);
        line.awaitDisconnection();
      }
    }
    awaitAlarm(box, "BROKER_REFUSED");
    Envelope honest = usage(box, UUID.randomUUID().toString(), RunningBox.usage(CallId.random()));
    try (Line line = Line.of(box)) {
      line.client.subscribe(topic(box, TopicKind.RECEIPT), 1);
      line.client.publish(topic(box, TopicKind.USAGE), honest.bytes(), 1, false);
      assertThat(line.receipt()).containsExactly(honest.msgId());
    }
  }
}
