package kz.qonyrau.systemtests.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.fleet.TimelineEntry;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.vocabulary.BoxId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A box whose certificate comes to its end.
@Tag("PLT-08")
@Timeout(90)
class RenewalTest {

  @TempDir private Path directory;

  private static X509Certificate certificate(RunningBox box) {
    return box.uplink().identity().map(BoxIdentity::tls).orElseThrow().chain().getFirst();
  }

  @Test
  void theBoxGetsTheNextOneByItselfAndIsThatBoxWithItFromThenOn() throws Exception {
    // Certificates begin a day before they are made, so less than a third of this one is left.
    try (RunningCentral central =
            new RunningCentral(
                directory.resolve("central"),
                Map.of("licensing.fleet.certificate-validity", "11 hours"));
        RunningBox box = new RunningBox(directory.resolve("box"), central, Optional.empty())) {
      BoxIdentity first = box.join(central.ticket("500.00"));
      BoxId id = first.id();
      X509Certificate old = first.tls().chain().getFirst();

      Eventually.await(
          Duration.ofSeconds(20),
          "the box has another certificate",
          () -> !certificate(box).equals(old));
      X509Certificate renewed = certificate(box);
      box.restart();
      box.awaitOnline();
      box.report(3);
      box.awaitEmptyOutbox(Duration.ofSeconds(20));

      assertThat(renewed.getPublicKey()).isNotEqualTo(old.getPublicKey());
      assertThat(renewed.getSubjectX500Principal()).isEqualTo(old.getSubjectX500Principal());
      Box seen = Eventually.answer(central.fleet().views().box(id)).orElseThrow();
      assertThat(seen.usageMessages()).isEqualTo(3);
      assertThat(Eventually.answer(central.fleet().views().timeline(id, 50)))
          .extracting(TimelineEntry::kind)
          .contains("CERTIFICATE_RENEWED");
    }
  }
}
