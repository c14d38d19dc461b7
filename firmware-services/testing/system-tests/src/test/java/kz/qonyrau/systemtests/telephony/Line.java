package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.carrier.Carrier;
import kz.qonyrau.carrier.CarrierSettings;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.asterisk.AsteriskTelephony;
import kz.qonyrau.telephony.asterisk.TelephonySettings;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.testsupport.DebianBundle;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.testsupport.UnprivilegedDirectory;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;

/// A box's Asterisk with a trunk to a rehearsal carrier, both running.
final class Line implements AutoCloseable {

  private final UnprivilegedDirectory directory = new UnprivilegedDirectory();
  private final Vertx vertx = Vertx.vertx();
  private final int carrierPort;
  private final Carrier carrier;
  private final TelephonySettings settings;
  private final AsteriskTelephony telephony;

  Line(Optional<Login> login, int channelLimit)
      throws IOException, InterruptedException, TimeoutException {
    this(login, channelLimit, Optional.empty());
  }

  /// @param carrierTlsPort where the carrier takes SIP over TLS, too
  Line(Optional<Login> login, int channelLimit, Optional<Integer> carrierTlsPort)
      throws IOException, InterruptedException, TimeoutException {
    int rtp = 10_000 + ThreadLocalRandom.current().nextInt(150) * 100;
    carrierPort = Ports.free();
    Path bundle = DebianBundle.asterisk();
    carrier =
        Carrier.start(
            new CarrierSettings(
                bundle,
                directory.path().resolve("c"),
                carrierPort,
                carrierTlsPort,
                rtp + 50,
                rtp + 99,
                Optional.empty(),
                CarrierSettings.SHORT_RINGING));
    settings =
        new TelephonySettings(
            bundle,
            directory.path().resolve("b"),
            Ports.free(),
            Ports.free(),
            rtp,
            rtp + 49,
            Ports.free(),
            Optional.empty(),
            Optional.of(directory.path().resolve("rec")));
    telephony =
        new AsteriskTelephony(
            vertx,
            settings,
            List.of(trunk("t00000001", carrierPort, login, channelLimit, 1)),
            Clock.systemUTC());
    var _ = telephony.start().await(30, TimeUnit.SECONDS);
  }

  static Trunk trunk(String id, int port, Optional<Login> login, int channels, int place) {
    return new Trunk(
        new TrunkId(id),
        new TrunkTerms(
            "Trunk " + place,
            "127.0.0.1",
            port,
            TrunkTerms.Transport.UDP,
            TrunkTerms.Media.PLAIN,
            Optional.empty(),
            login,
            List.of(TrunkTerms.Codec.ALAW, TrunkTerms.Codec.ULAW),
            channels,
            BigDecimal.ZERO,
            place,
            new Msisdn("+7717200000" + place),
            true),
        Optional.empty(),
        true,
        0);
  }

  AsteriskTelephony telephony() {
    return telephony;
  }

  int carrierPort() {
    return carrierPort;
  }

  Carrier carrier() {
    return carrier;
  }

  Vertx vertx() {
    return vertx;
  }

  TelephonySettings settings() {
    return settings;
  }

  Path recording(CallId call) {
    return directory.path().resolve("rec").resolve(call + ".raw");
  }

  /// Dials the subscriber whose number ends in `lastDigits`.
  DialOutcome dial(String lastDigits) throws TimeoutException {
    return dial(CallId.random(), lastDigits, Optional.empty());
  }

  DialOutcome dial(CallId call, String lastDigits, Optional<Path> recording)
      throws TimeoutException {
    return telephony
        .dial(request(call, lastDigits, recording))
        .await(30, TimeUnit.SECONDS)
        .outcome();
  }

  static DialRequest request(CallId call, String lastDigits, Optional<Path> recording) {
    return new DialRequest(
        call, new Msisdn("+770000000" + lastDigits), Duration.ofSeconds(20), recording);
  }

  /// As [#dial], for a subscriber who picks up.
  LiveCall reach(String lastDigits) throws TimeoutException {
    return answered(dial(lastDigits));
  }

  static LiveCall answered(DialOutcome outcome) {
    assertThat(outcome).isInstanceOf(DialOutcome.Answered.class);
    return ((DialOutcome.Answered) outcome).call();
  }

  @Override
  public void close() throws TimeoutException {
    try {
      var _ = telephony.close().await(20, TimeUnit.SECONDS);
      var _ = vertx.close().await(20, TimeUnit.SECONDS);
    } finally {
      carrier.close();
      directory.close();
    }
  }
}
