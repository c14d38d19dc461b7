package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.asterisk.AsteriskTelephony;
import kz.qonyrau.telephony.asterisk.TelephonySettings;
import kz.qonyrau.testsupport.DebianBundle;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.testsupport.UnprivilegedDirectory;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Another program holds the port on which the box takes SIP.
@Tag("asterisk")
@Timeout(60)
class TakenPortTest {

  @RegisterExtension final UnprivilegedDirectory directory = new UnprivilegedDirectory();

  @Test
  @ExpectedError("asterisk did not get a port")
  void theBoxSaysWhichPortAndTakesCallsAsSoonAsItIsFree() throws IOException, TimeoutException {
    int port = Ports.free();
    Vertx vertx = Vertx.vertx();
    AsteriskTelephony telephony =
        new AsteriskTelephony(
            vertx,
            new TelephonySettings(
                DebianBundle.asterisk(),
                directory.path().resolve("b"),
                Ports.free(),
                port,
                20_000,
                20_049,
                Ports.free(),
                Optional.empty(),
                Optional.empty()),
            List.of(Line.trunk("t00000001", Ports.free(), Optional.empty(), 5, 1)),
            Clock.systemUTC());
    try {
      OptionalLong pid;
      try (DatagramSocket taken = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
        assertThat(taken.isBound()).isTrue();
        var _ = telephony.start().await(30, TimeUnit.SECONDS);

        TelephonyState state = telephony.state();
        assertThat(state.asterisk()).isEqualTo(AsteriskPhase.PORT_TAKEN);
        assertThat(state.fault().orElseThrow()).contains("UDP port " + port, "end that program");
        assertThat(
                telephony
                    .dial(Line.request(CallId.random(), "85", Optional.empty()))
                    .await(5, TimeUnit.SECONDS)
                    .outcome())
            .isInstanceOf(DialOutcome.PlatformFault.class);
        pid = state.asteriskPid();
      }

      Eventually.await(
          Duration.ofSeconds(30),
          "calls are taken",
          () -> telephony.state().asterisk() == AsteriskPhase.READY);
      assertThat(telephony.state().fault()).isEmpty();
      assertThat(telephony.state().restarts()).isZero();
      assertThat(telephony.state().asteriskPid()).isEqualTo(pid);
    } finally {
      var _ = telephony.close().await(20, TimeUnit.SECONDS);
      var _ = vertx.close().await(20, TimeUnit.SECONDS);
    }
  }
}
