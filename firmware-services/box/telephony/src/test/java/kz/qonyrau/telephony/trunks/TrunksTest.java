package kz.qonyrau.telephony.trunks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.telephony.trunks.TrunkTermsTest.terms;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Trunks as they are kept, on a real Derby.
@Timeout(120)
class TrunksTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  private static final Msisdn OURS = new Msisdn("+77270000000");

  private static final Trunks.Suspended NOTHING = new Trunks.Suspended(List.of(), List.of());

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("TELEPHONY");

  /// As after a start of the program.
  private Trunks trunks() {
    return new Trunks(database.store(), new Upside(), 100, List.of(OURS));
  }

  private static TrunkTerms plain(String name) {
    return terms(name, "sip.kz", Optional.empty(), 10);
  }

  private Trunk added(TrunkTerms terms) {
    return ((TrunkResult.Done) answer(trunks().add(terms))).trunk();
  }

  @Test
  void takesTheSettingsTrunkOverOnceEvenIfItIsRemoved() {
    assertThat(answer(trunks().takeOver(plain("first")))).isTrue();
    Trunk first = answer(trunks().all()).getFirst();
    assertThat(answer(trunks().remove(first.id()))).isEqualTo(new TrunkResult.Done(first));

    assertThat(answer(trunks().takeOver(plain("first")))).isFalse();
    assertThat(answer(trunks().all())).isEmpty();
  }

  @Test
  void aCarrierThatMovesInTheSettingsMovesUnlessATechnicianMovedIt() {
    assertThat(answer(trunks().takeOver(plain("first")))).isTrue();
    Trunk first = answer(trunks().all()).getFirst();
    TrunkTerms moved = first.terms().movedTo("new.example.kz", 5099);

    assertThat(answer(trunks().takeOver(moved))).isTrue();
    assertThat(answer(trunks().takeOver(moved))).isFalse();
    Trunk second = answer(trunks().all()).getFirst();
    assertThat(second.terms()).isEqualTo(moved);
    assertThat(second.id()).isEqualTo(first.id());

    TrunkTerms own = moved.movedTo("own.example.kz", 5060);
    assertThat(answer(trunks().change(first.id(), second.changes(), own)))
        .isInstanceOf(TrunkResult.Done.class);
    assertThat(answer(trunks().takeOver(moved.movedTo("third.example.kz", 5060)))).isFalse();
    assertThat(answer(trunks().all()).getFirst().terms()).isEqualTo(own);
  }

  @Test
  void keepsEverythingThatWasSaidAndThePasswordSealed() {
    TrunkTerms said = terms("A", "sip.kz", Optional.of(new Login("box", "top-secret")), 10);
    Trunk trunk = added(said);

    assertThat(answer(trunks().find(trunk.id())).orElseThrow().terms().login())
        .contains(new Login("box", "top-secret"));
    byte[] kept =
        answer(
            database
                .store()
                .read(handle ->
                    handle
                        .createQuery("SELECT sealed_password FROM telephony.trunk")
                        .mapTo(byte[].class)
                        .one()));
    assertThat(new String(kept, UTF_8)).doesNotContain("top-secret");
  }

  @Test
  void refusesANameTwiceMoreCallsThanThereArePortsForAndAStaleChange() {
    Trunk a = added(plain("A"));
    Trunk b = added(terms("B", "sip.kz", Optional.empty(), 80));

    assertThat(answer(trunks().add(plain("a")))).isEqualTo(new TrunkResult.NameTaken(a.id()));
    assertThat(answer(trunks().add(terms("C", "sip.kz", Optional.empty(), 11))))
        .isEqualTo(new TrunkResult.TooManyChannels(100));
    Trunk now = ((TrunkResult.Done) answer(trunks().change(b.id(), 0, plain("B")))).trunk();
    assertThat(now.changes()).isEqualTo(1);
    assertThat(answer(trunks().change(b.id(), 0, plain("B2"))))
        .isInstanceOf(TrunkResult.ChangedMeanwhile.class);
    assertThat(answer(trunks().change(TrunkId.random(), 0, plain("D"))))
        .isEqualTo(new TrunkResult.NoSuchTrunk());
    assertThat(answer(trunks().all()).stream().map(one -> one.terms().name()))
        .containsExactly("A", "B");
  }

  @Test
  @Tag("SH-SUS-02")
  @Tag("EX-SUS-1")
  void aSuspensionOutlivesChangesRestartsAndRemoval() {
    Trunk a = added(plain("A"));
    Trunk b = added(plain("B"));
    Trunks trunks = trunks();
    List<List<Trunk>> told = new CopyOnWriteArrayList<>();
    trunks.onChange(told::add);

    Trunk.Suspension shut = new Trunk.Suspension(NOON, "abused from outside");
    Map<TrunkId, Trunk.Suspension> said = Map.of(a.id(), shut, TrunkId.random(), shut);
    assertThat(answer(trunks.suspend(said)).shut()).extracting(Trunk::id).containsExactly(a.id());
    assertThat(answer(trunks.suspend(said))).isEqualTo(NOTHING);
    assertThat(answer(trunks.change(a.id(), 0, plain("A2")))).isInstanceOf(TrunkResult.Done.class);

    Trunk now = answer(trunks().find(a.id())).orElseThrow();
    assertThat(now.suspension()).contains(shut);
    assertThat(now.isOpen()).isFalse();
    assertThat(answer(trunks.remove(a.id()))).isEqualTo(new TrunkResult.Suspended(now));
    assertThat(answer(trunks().find(b.id())).orElseThrow().isOpen()).isTrue();

    Trunks.Suspended lifted = answer(trunks.suspend(Map.of()));
    assertThat(lifted.shut()).isEmpty();
    assertThat(lifted.opened()).extracting(Trunk::id).containsExactly(a.id());
    assertThat(answer(trunks.suspend(Map.of()))).isEqualTo(NOTHING);
    assertThat(told.stream().map(list -> list.getFirst().isOpen()))
        .containsExactly(false, false, true);
  }

  @Test
  @Tag("AC-CAL-03")
  void whatTheProviderAssignedOutlivesARestartAndShutsTrunksThatShowOtherNumbers() {
    Trunk a = added(plain("A"));
    assertThat(answer(trunks().pool())).containsExactly(OURS);
    assertThat(a.mayShow()).isTrue();
    Trunks trunks = trunks();
    List<List<Trunk>> told = new CopyOnWriteArrayList<>();
    trunks.onChange(told::add);
    Msisdn other = new Msisdn("+77172694000");

    assertThat(answer(trunks.assign(Optional.of(List.of(other))))).isTrue();
    assertThat(answer(trunks.assign(Optional.of(List.of(other))))).isFalse();
    assertThat(answer(trunks().pool())).containsExactly(other);
    assertThat(answer(trunks().find(a.id())).orElseThrow().isOpen()).isFalse();

    Trunk changed =
        ((TrunkResult.Done) answer(trunks.change(a.id(), 0, showing(a.terms(), other)))).trunk();
    assertThat(changed.isOpen()).isTrue();
    assertThat(answer(trunks.assign(Optional.of(List.of())))).isTrue();
    assertThat(answer(trunks().pool())).isEmpty();
    assertThat(answer(trunks.assign(Optional.empty()))).isTrue();
    assertThat(answer(trunks().pool())).containsExactly(OURS);
    assertThat(told.stream().map(list -> list.getFirst().isOpen()))
        .containsExactly(false, true, false, true);
  }

  @Test
  void keepsHowSpeechGoesAndWhoVouchesForTheCarrier() {
    String pem = Issued.authority("One").pem().repeat(10);
    TrunkTerms said = secure(plain("A"), Optional.of(new CarrierAuthority(pem)));

    TrunkId id = added(said).id();
    TrunkTerms kept = answer(trunks().find(id)).orElseThrow().terms();
    assertThat(kept.transport()).isEqualTo(TrunkTerms.Transport.TLS);
    assertThat(kept.media()).isEqualTo(TrunkTerms.Media.SRTP);
    assertThat(kept.authority()).isEqualTo(said.authority());

    assertThat(answer(trunks().change(id, 0, plain("A")))).isInstanceOf(TrunkResult.Done.class);
    TrunkTerms changed = answer(trunks().find(id)).orElseThrow().terms();
    assertThat(changed.media()).isEqualTo(TrunkTerms.Media.PLAIN);
    assertThat(changed.authority()).isEmpty();
  }

  private static TrunkTerms secure(TrunkTerms terms, Optional<CarrierAuthority> authority) {
    return new TrunkTerms(
        terms.name(),
        terms.host(),
        terms.port(),
        TrunkTerms.Transport.TLS,
        TrunkTerms.Media.SRTP,
        authority,
        terms.login(),
        terms.codecs(),
        terms.channelLimit(),
        terms.price(),
        terms.place(),
        terms.callerNumber(),
        terms.enabled());
  }

  private static TrunkTerms showing(TrunkTerms terms, Msisdn number) {
    return new TrunkTerms(
        terms.name(),
        terms.host(),
        terms.port(),
        terms.transport(),
        terms.media(),
        terms.authority(),
        terms.login(),
        terms.codecs(),
        terms.channelLimit(),
        terms.price(),
        terms.place(),
        number,
        terms.enabled());
  }

  /// No real seal, and yet nothing that can be read as it lies there.
  private static final class Upside implements PasswordSeal {

    @Override
    public byte[] seal(byte[] plain, String context) {
      byte[] turned = plain.clone();
      for (int i = 0; i < turned.length; i++) {
        turned[i] = (byte) ~turned[i];
      }
      return turned;
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      return seal(sealed, context);
    }
  }
}
