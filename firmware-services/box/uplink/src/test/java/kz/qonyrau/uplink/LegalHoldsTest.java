package kz.qonyrau.uplink;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.audit.AuditFilter;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.HeldDocuments.Offer;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.OpeningKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Legal holds as licenses tell a box of them: put once, lifted by newer licenses only, whatever is
/// lost in between.
@Timeout(60)
@Tag("SH-RET-02")
class LegalHoldsTest {

  private static final BoxId BOX = BoxId.random();
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final KeyPair PROVIDER = DocumentSigner.newKeyPair();
  private static final DocumentSigner SIGNER = new DocumentSigner(PROVIDER.getPrivate());
  private static final String FIRST = "5b1c9e56-9a3c-4c51-8d35-0e8f3b1f7a10";
  private static final String SECOND = "5b1c9e56-9a3c-4c51-8d35-0e8f3b1f7a11";

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("AUDIT", "UPLINK");

  private final SteppedClock clock = SteppedClock.at(NOW);

  static LegalHold hold(String id, Optional<HeldDays> days) {
    return new LegalHold(id, days, "claim 12", "counsel", NOW);
  }

  static LicenseDocument license(BoxId box, long version, List<LegalHold> holds) {
    return new LicenseDocument(
        box,
        version,
        "Nomad Coffee",
        Set.of("calls"),
        new LicenseLimits(30, 600),
        NOW,
        NOW.plus(Duration.ofDays(30)),
        72,
        List.of(),
        holds,
        Optional.empty());
  }

  private Offer offer(long version, LegalHold... holds) {
    HeldDocuments documents =
        new HeldDocuments(
            database.store(),
            BOX,
            new DocumentVerifier(PROVIDER.getPublic()),
            OpeningKey.random(),
            new LegalHolds(new AuditLog(database.store(), clock), clock),
            clock);
    return answer(documents.offer(license(BOX, version, List.of(holds)).sign(SIGNER)));
  }

  private List<KnownHold> known() {
    return answer(database.store().read(LegalHolds::all));
  }

  private List<String> standing() {
    return known().stream().filter(KnownHold::stands).map(one -> one.hold().id()).sorted().toList();
  }

  private List<String> told() {
    return answer(
            new AuditLog(database.store(), clock)
                .entries(AuditFilter.everything(), Optional.empty(), 100))
        .stream()
        .map(AuditEntry::detail)
        .toList();
  }

  @Test
  void severalStandAtATimeAndEachIsLiftedByItself() {
    HeldDays days = new HeldDays(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-10"));
    LegalHold some = hold(FIRST, Optional.of(days));
    LegalHold everything = hold(SECOND, Optional.empty());
    assertThat(offer(1)).isInstanceOf(Offer.Accepted.class);
    assertThat(known()).isEmpty();

    assertThat(offer(2, some, everything)).isInstanceOf(Offer.Accepted.class);
    assertThat(standing()).containsExactly(FIRST, SECOND);
    assertThat(known()).extracting(KnownHold::hold).containsExactlyInAnyOrder(some, everything);

    clock.advance(Duration.ofHours(1));
    assertThat(offer(3, some)).isInstanceOf(Offer.Accepted.class);
    assertThat(standing()).containsExactly(FIRST);
    assertThat(known())
        .filteredOn(one -> !one.stands())
        .singleElement()
        .satisfies(one -> assertThat(one.liftedAt()).contains(clock.instant()));
    assertThat(told())
        .containsExactlyInAnyOrder(
            "put 2026-11-01..2026-11-10", "put everything", "lifted everything");
  }

  @Test
  void daysAreThoseOfAstana() {
    HeldDays day = new HeldDays(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-01"));
    assertThat(offer(1, hold(FIRST, Optional.of(day)))).isInstanceOf(Offer.Accepted.class);

    var period = known().getFirst().period();

    assertThat(period.covers(Instant.parse("2026-10-31T18:59:59.999Z"))).isFalse();
    assertThat(period.covers(Instant.parse("2026-10-31T19:00:00Z"))).isTrue();
    assertThat(period.covers(Instant.parse("2026-11-01T18:59:59.999Z"))).isTrue();
    assertThat(period.covers(Instant.parse("2026-11-01T19:00:00Z"))).isFalse();
  }

  @Test
  void aDocumentThatIsLostOrOldLiftsNothing() {
    LegalHold one = hold(FIRST, Optional.empty());
    assertThat(offer(5, one)).isInstanceOf(Offer.Accepted.class);
    assertThat(offer(4)).isInstanceOf(Offer.Refused.class);
    assertThat(standing()).containsExactly(FIRST);

    int lost =
        answer(database.store().write(handle -> handle.execute("DELETE FROM uplink.document")));
    assertThat(lost).isOne();
    assertThat(standing()).containsExactly(FIRST);
    // Nothing is held any more by which it could be seen to be old.
    assertThat(offer(4)).isInstanceOf(Offer.Accepted.class);
    assertThat(standing()).containsExactly(FIRST);

    assertThat(offer(6)).isInstanceOf(Offer.Accepted.class);
    assertThat(standing()).isEmpty();
  }

  @Test
  void holdAndLicenseAreOfOneMindWhicheverStatementIsTheLast() {
    boolean pulled = true;
    long version = 0;
    for (int statement = 1; pulled; statement++) {
      version++;
      LegalHold[] holds =
          version % 2 == 1
              ? new LegalHold[] {hold(FIRST.substring(0, 33) + (100 + version), Optional.empty())}
              : new LegalHold[0];
      List<String> before = standing();
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = offer(version, holds);
      } catch (Plug.Pulled _) {
        assertThat(standing()).isEqualTo(before);
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());

      var _ = offer(version, holds);
      assertThat(standing()).hasSize(holds.length);
    }
    assertThat(version).isGreaterThan(6);
  }
}
