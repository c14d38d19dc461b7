package kz.qonyrau.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What receivers check, and when they are told again.
@Tag("SH-API-02")
class SignatureTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  /// Test case 2 of RFC 4231.
  @Test
  void theHmacIsThatOfTheStandard() {
    assertThat(Digests.hmac("Jefe", "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  /// As `printf '1795503600.{"id":"1"}' | openssl dgst -sha256 -hmac whsec_test` says.
  @Test
  void aDeliveryIsSignedOverItsTimestampAndBody() {
    assertThat(Signature.of("whsec_test", "1795503600", "{\"id\":\"1\"}"))
        .isEqualTo("sha256=2eabf55c84ff41a2971b224e0dbdd64705219850e5a56615b1d79cb59401cd3a");
    assertThat(Signature.of("whsec_test", "1795503601", "{\"id\":\"1\"}"))
        .isNotEqualTo(Signature.of("whsec_test", "1795503600", "{\"id\":\"1\"}"));
  }

  @Test
  void pausesDoubleUpToSixHoursForThreeDays() {
    Instant now = NOON;
    Duration pause = Duration.ZERO;
    int tries = 0;
    Optional<Instant> next = Optional.of(NOON);
    while (next.isPresent()) {
      now = next.get();
      tries++;
      next = Backoff.next(NOON, now, tries);
      if (next.isPresent()) {
        Duration following = Duration.between(now, next.get());
        assertThat(following)
            .isGreaterThanOrEqualTo(pause)
            .isLessThanOrEqualTo(Duration.ofHours(6));
        pause = following;
      }
    }

    assertThat(Backoff.next(NOON, NOON, 1)).contains(NOON.plusSeconds(10));
    assertThat(Backoff.next(NOON, NOON, 2)).contains(NOON.plusSeconds(20));
    assertThat(pause).isEqualTo(Duration.ofHours(6));
    assertThat(now).isBetween(NOON.plus(Duration.ofHours(66)), NOON.plus(Duration.ofDays(3)));
    assertThat(tries).isBetween(20, 26);
  }
}
