package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.carrier.SubscriberCall;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.TrunkStanding.Condition;
import kz.qonyrau.telephony.trunks.CarrierAuthority;
import kz.qonyrau.telephony.trunks.Diagnoses;
import kz.qonyrau.telephony.trunks.Diagnosis;
import kz.qonyrau.telephony.trunks.Diagnosis.Kind;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Trunks over TLS with SRTP between two real Asterisks, of which the carrier's shows a certificate
/// by an authority of its own.
@Tag("asterisk")
@Tag("PLT-14")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureTrunksTest {

  private static final Duration A_WHILE = Duration.ofSeconds(15);
  private static final Optional<Login> SECURE = Optional.of(new Login("secure", "rehearsal"));
  private static final Optional<Login> PLAIN = Optional.of(new Login("box", "rehearsal"));

  private int tlsPort;
  private Line line;
  private CarrierAuthority authority;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    tlsPort = Ports.free();
    line = new Line(Optional.empty(), 5, Optional.of(tlsPort));
    authority = read(Files.readString(line.carrier().authority()));
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  private static CarrierAuthority read(String pem) {
    return ((CarrierAuthority.Reading.Read) CarrierAuthority.read(pem, Instant.now())).authority();
  }

  private Trunk trunk(
      String id, Media media, Optional<CarrierAuthority> trusted, Optional<Login> login) {
    return new Trunk(
        new TrunkId(id),
        new TrunkTerms(
            "Trunk " + id,
            "127.0.0.1",
            tlsPort,
            Transport.TLS,
            media,
            trusted,
            login,
            List.of(TrunkTerms.Codec.ALAW, TrunkTerms.Codec.ULAW),
            5,
            BigDecimal.ZERO,
            1,
            new Msisdn("+77172000001"),
            true),
        Optional.empty(),
        true,
        0);
  }

  private void use(Trunk... trunks) throws TimeoutException {
    var _ = line.telephony().use(List.of(trunks)).await(20, TimeUnit.SECONDS);
  }

  private TrunkStanding standing(Trunk trunk) {
    return line.telephony().state().trunks().stream()
        .filter(one -> one.id().equals(trunk.id()))
        .findFirst()
        .orElseThrow();
  }

  private void await(Trunk trunk, Condition condition) {
    Eventually.await(
        A_WHILE, trunk.id() + " " + condition, () -> standing(trunk).condition() == condition);
  }

  private List<Diagnosis.Step> look(Trunk trunk, Optional<Msisdn> callee) {
    Diagnoses diagnoses =
        new Diagnoses(
            line.vertx(),
            line.telephony(),
            (only, request) -> line.telephony().dialBy(only, request, Optional.empty()),
            Clock.systemUTC());
    assertThat(diagnoses.begin(trunk, callee)).isInstanceOf(Diagnoses.Begun.Started.class);
    Eventually.await(
        Duration.ofSeconds(30),
        "the end of the look",
        () -> !diagnoses.last(trunk.id()).orElseThrow().running());
    return diagnoses.last(trunk.id()).orElseThrow().steps();
  }

  private static Diagnosis.Step step(List<Diagnosis.Step> steps, Kind kind) {
    return steps.stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
  }

  private static long loud(List<byte[]> frames) {
    return frames.stream().filter(Sound::isLoud).count();
  }

  @Test
  void aCallOverTlsAndSrtpIsHeardAndRecordedOnBothSidesWhileTrunksChange()
      throws IOException, TimeoutException {
    Trunk secure = trunk("t000000b1", Media.SRTP, Optional.of(authority), SECURE);
    use(secure);
    await(secure, Condition.UP);
    assertThat(standing(secure).registered()).contains(true);
    CallId id = CallId.random();
    LiveCall call = Line.answered(line.dial(id, "85", Optional.of(line.recording(id))));
    List<byte[]> echo = new CopyOnWriteArrayList<>();
    call.onAudio(echo::add);

    Trunk strange = trunk("t000000b2", Media.PLAIN, Optional.empty(), PLAIN);
    use(secure, strange);
    var _ = call.play(Sound.tone(Duration.ofSeconds(1))).await(10, TimeUnit.SECONDS);
    Eventually.await(Duration.ofSeconds(5), "the whole echo", () -> loud(echo) >= 50);
    // The connection that is open to the same address is not taken for a trunk that does not trust
    // it.
    await(strange, Condition.UNREACHABLE);
    call.hangUp();

    assertThat(call.ended().await(20, TimeUnit.SECONDS).platformFault()).isFalse();
    byte[] stereo = Files.readAllBytes(line.recording(id));
    for (int side : new int[] {0, 1}) {
      assertThat(Sound.loudFrames(stereo, side).stream().filter(loud -> loud).count())
          .isGreaterThanOrEqualTo(49);
    }
  }

  @Test
  void aCallComesInByTheConnectionThatTheBoxHasOpened()
      throws IOException, InterruptedException, TimeoutException {
    Trunk secure = trunk("t000000b6", Media.SRTP, Optional.of(authority), SECURE);
    use(secure);
    await(secure, Condition.UP);
    BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    line.telephony().onIncoming(calls::add);

    var _ =
        line.carrier()
            .call(
                new SubscriberCall(
                    Optional.of("77010000005"),
                    "77172000001",
                    SubscriberCall.BY_CONNECTION,
                    Optional.of("2")));

    IncomingCall call = calls.poll(10, TimeUnit.SECONDS);
    assertThat(call).as("a call that comes in").isNotNull();
    assertThat(call.trunk()).isEqualTo(secure.id());
    assertThat(call.caller()).contains("77010000005");
    LiveCall live = call.answer().await(10, TimeUnit.SECONDS);
    List<Character> keys = new CopyOnWriteArrayList<>();
    live.onDigit(keys::add);
    // Keys go with the speech, encrypted.
    Eventually.await(Duration.ofSeconds(10), "a key", () -> keys.contains('2'));
    live.hangUp();
    assertThat(call.ended().await(20, TimeUnit.SECONDS).platformFault()).isFalse();
  }

  @Test
  void aCarrierThatAnotherAuthorityVouchesForIsNotReachedAndTheTechnicianHearsWhy()
      throws TimeoutException {
    Trunk strange = trunk("t000000b3", Media.SRTP, Optional.empty(), SECURE);
    use(strange);
    await(strange, Condition.UNREACHABLE);

    Diagnosis.Step found = step(look(strange, Optional.empty()), Kind.TLS);

    assertThat(found.passed()).isFalse();
    assertThat(found.code()).isEqualTo("CERT_UNKNOWN_ISSUER");
    assertThat(found.certificate().orElseThrow().issuer()).isEqualTo("CN=Rehearsal Authority");
  }

  @Test
  @ExpectedError("the carrier's Asterisk reports an error")
  void plainSpeechIsRefusedWhereItMustBeEncryptedAndTheTechnicianHearsWhy()
      throws TimeoutException {
    Trunk plain = trunk("t000000b4", Media.PLAIN, Optional.of(authority), SECURE);
    use(plain);
    await(plain, Condition.UP);

    List<Diagnosis.Step> found = look(plain, Optional.of(new Msisdn("+77000000085")));

    assertThat(step(found, Kind.TLS).code()).isEqualTo("SECURED");
    assertThat(step(found, Kind.REGISTRATION).code()).isEqualTo("REGISTERED");
    assertThat(step(found, Kind.CALL).code()).isEqualTo("PLAIN_REFUSED");
  }

  @Test
  @ExpectedError("the carrier's Asterisk reports an error")
  void encryptedSpeechIsRefusedByACarrierThatKnowsNone() throws TimeoutException {
    Trunk secure = trunk("t000000b5", Media.SRTP, Optional.of(authority), PLAIN);
    use(secure);
    await(secure, Condition.UP);

    assertThat(line.dial("85")).isInstanceOf(DialOutcome.OperatorFailure.class);
    assertThat(step(look(secure, Optional.of(new Msisdn("+77000000085"))), Kind.CALL).code())
        .isEqualTo("SRTP_REFUSED");
  }
}
