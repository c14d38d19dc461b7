package kz.qonyrau.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.telephony.Telephony;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.TrunkStanding.Condition;
import kz.qonyrau.telephony.TrunkStanding.Trouble;
import kz.qonyrau.telephony.trunks.CarrierAuthority;
import kz.qonyrau.telephony.trunks.Diagnoses;
import kz.qonyrau.telephony.trunks.Diagnosis;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkResult;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines to the carriers: the owner sees them, the technician sets them up and tries them out
/// (PLT-14, PLT-19). No password ever comes out.
final class TrunkRoutes {

  private static final Logger log = LoggerFactory.getLogger(TrunkRoutes.class);

  private record QuarantineView(Instant until, Trouble why) {}

  private record SuspensionView(Instant since, String why) {}

  private record TrunkView(
      String id,
      String name,
      String host,
      int port,
      Transport transport,
      Media media,
      Optional<String> authority,
      Optional<String> user,
      List<Codec> codecs,
      int channelLimit,
      String price,
      int place,
      String callerNumber,
      boolean enabled,
      long changes,
      Condition condition,
      Optional<Long> roundTripMillis,
      Optional<Boolean> registered,
      int activeCalls,
      int score,
      Optional<QuarantineView> quarantine,
      long quarantines,
      Optional<SuspensionView> suspension) {}

  /// @param pool the numbers that may be shown
  private record TrunksView(List<TrunkView> trunks, List<String> pool, int mostChannels) {}

  /// What a technician says. Without a password, the one that is kept stays.
  private record TrunkForm(
      String name,
      String host,
      int port,
      Transport transport,
      Optional<Media> media,
      Optional<String> authority,
      Optional<String> user,
      Optional<String> password,
      List<Codec> codecs,
      int channelLimit,
      String price,
      int place,
      String callerNumber,
      boolean enabled,
      Optional<Long> changes) {}

  private record DiagnosisForm(Optional<String> number) {}

  private record CertificateView(String subject, String issuer, Instant from, Instant until) {}

  private record StepView(
      Diagnosis.Kind kind,
      boolean passed,
      String code,
      String detail,
      Optional<CertificateView> certificate) {}

  private record DiagnosisView(Instant begunAt, boolean running, List<StepView> steps) {}

  private final CarrierLines lines;
  private final Telephony telephony;
  private final InstantSource clock;
  private final KazakhNumbers reader = new KazakhNumbers();

  TrunkRoutes(CarrierLines lines, Telephony telephony, InstantSource clock) {
    this.lines = lines;
    this.telephony = telephony;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.on("trunks", _ -> Answer.ok(view()))
        .on("addTrunk", this::add)
        .on("changeTrunk", this::change)
        .on("removeTrunk", this::remove)
        .on("diagnoseTrunk", this::diagnose)
        .on("trunkDiagnosis", this::diagnosis);
  }

  private TrunksView view() {
    return new TrunksView(
        lines.trunks().all().await().stream().map(this::view).toList(),
        lines.trunks().pool().await().stream().map(Msisdn::e164).toList(),
        lines.mostChannels());
  }

  private Answer add(Asked asked) {
    TrunkTerms terms = terms(asked.body(TrunkForm.class), Optional.empty());
    return Answer.ok(done(asked, lines.trunks().add(terms).await(), "trunk added"));
  }

  private Answer change(Asked asked) {
    Trunk before = trunk(asked);
    TrunkForm form = asked.body(TrunkForm.class);
    TrunkTerms terms = terms(form, before.terms().login());
    long seen = form.changes().orElse(before.changes());
    return Answer.ok(
        done(asked, lines.trunks().change(before.id(), seen, terms).await(), "trunk changed"));
  }

  private Answer remove(Asked asked) {
    var _ = done(asked, lines.trunks().remove(trunk(asked).id()).await(), "trunk removed");
    return Answer.done();
  }

  private TrunkView done(Asked asked, TrunkResult result, String what) {
    return switch (result) {
      case TrunkResult.Done(Trunk trunk) -> {
        log.atInfo()
            .addKeyValue("person", asked.person().loggable())
            .addKeyValue("trunk", trunk.id())
            .log(what);
        yield view(trunk);
      }
      case TrunkResult.NameTaken _ ->
          throw refused("name", "NAME_TAKEN", "Another trunk is called so. Choose another name.");
      case TrunkResult.TooManyChannels(int most) ->
          throw refused(
              "channelLimit",
              "TOO_MANY_CHANNELS",
              "Together the trunks may carry at most " + most + " calls at once. Give fewer here.");
      case TrunkResult.TooManyTrunks(int most) ->
          throw Problem.conflict(
              "TOO_MANY_TRUNKS", "There are " + most + " trunks already. Remove one first.");
      case TrunkResult.ChangedMeanwhile _ ->
          throw Problem.conflict(
              "CHANGED_MEANWHILE", "Somebody changed this trunk meanwhile. Look at it again.");
      case TrunkResult.Suspended _ ->
          throw Problem.conflict(
              "TRUNK_SUSPENDED", "The provider has shut this trunk. It cannot be removed.");
      case TrunkResult.NoSuchTrunk _ -> throw Problem.notFound("trunk");
    };
  }

  private Trunk trunk(Asked asked) {
    TrunkId id = asked.id("trunkId", TrunkId::new);
    return lines.trunks().find(id).await().orElseThrow(() -> Problem.notFound("trunk"));
  }

  private TrunkTerms terms(TrunkForm form, Optional<Login> kept) {
    List<Problem.Field> wrong = new ArrayList<>();
    String name = form.name().strip();
    String host = form.host().strip();
    check(
        TrunkTerms.isName(name),
        wrong,
        "name",
        "Use up to 60 letters, digits, spaces and . _ ( ) -, beginning with a letter or digit.");
    check(
        TrunkTerms.isHost(host),
        wrong,
        "host",
        "Give a name or an IPv4 address alone, without sip: and without a port.");
    Media media = form.media().orElse(Media.PLAIN);
    check(
        media == Media.PLAIN || form.transport() == Transport.TLS,
        wrong,
        "media",
        "Keys in clear signalling protect nothing. Choose TLS as the transport, or plain speech.");
    Optional<CarrierAuthority> authority =
        form.authority()
            .filter(text -> !text.isBlank())
            .flatMap(text -> authority(text, form.transport(), wrong));
    Optional<String> user = form.user().map(String::strip).filter(text -> !text.isEmpty());
    Optional<String> password = form.password().filter(text -> !text.isEmpty());
    Optional<Login> login = user.flatMap(who -> login(who, password, kept, wrong));
    BigDecimal price = price(form.price());
    check(
        TrunkTerms.isPrice(price),
        wrong,
        "price",
        "Give tenge per minute, 0 to 9999.9999, with at most four decimals.");
    check(
        !form.codecs().isEmpty()
            && form.codecs().stream().distinct().count() == form.codecs().size(),
        wrong,
        "codecs",
        "Choose at least one, each once.");
    Optional<Msisdn> caller =
        lines.trunks().pool().await().stream()
            .filter(one -> one.e164().equals(form.callerNumber()))
            .findFirst();
    check(
        caller.isPresent(),
        wrong,
        "callerNumber",
        "Only numbers of the provider's pool may be shown; choose one of the list.");
    if (!wrong.isEmpty()) {
      throw Problem.unprocessable("INVALID_TRUNK", "Some fields are not as they must be.", wrong);
    }
    return new TrunkTerms(
        name,
        host,
        form.port(),
        form.transport(),
        media,
        authority,
        login,
        form.codecs(),
        form.channelLimit(),
        price,
        form.place(),
        caller.orElseThrow(),
        form.enabled());
  }

  private Optional<CarrierAuthority> authority(
      String pasted, Transport transport, List<Problem.Field> wrong) {
    return switch (CarrierAuthority.read(pasted, clock.instant())) {
      case CarrierAuthority.Reading.Refused(String code, String fix) -> {
        wrong.add(new Problem.Field("authority", code, fix));
        yield Optional.empty();
      }
      case CarrierAuthority.Reading.Read(CarrierAuthority read) -> {
        check(
            transport == Transport.TLS,
            wrong,
            "authority",
            "No other transport shows a certificate. Choose TLS, or leave this empty.");
        yield Optional.of(read);
      }
    };
  }

  private static Optional<Login> login(
      String user, Optional<String> password, Optional<Login> kept, List<Problem.Field> wrong) {
    check(
        TrunkTerms.isUser(user), wrong, "user", "Use up to 64 Latin letters, digits and _ . + -.");
    // A password belongs to its user; it is not tried on another one.
    Optional<String> secret =
        password.or(() -> kept.filter(login -> login.user().equals(user)).map(Login::password));
    check(
        secret.isPresent() && TrunkTerms.isPassword(secret.get()),
        wrong,
        "password",
        "Give 1 to 128 printable Latin characters, without spaces and semicolons.");
    return wrong.stream()
            .anyMatch(one -> one.field().equals("user") || one.field().equals("password"))
        ? Optional.empty()
        : Optional.of(new Login(user, secret.orElseThrow()));
  }

  private static void check(
      boolean holds, List<Problem.Field> wrong, String field, String otherwise) {
    if (!holds) {
      wrong.add(new Problem.Field(field, "INVALID", otherwise));
    }
  }

  private static BigDecimal price(String text) {
    return text.matches("[0-9]{1,4}([.][0-9]{1,4})?")
        ? new BigDecimal(text)
        : BigDecimal.ONE.negate();
  }

  private static Problem refused(String field, String code, String detail) {
    return Problem.unprocessable(code, detail, List.of(new Problem.Field(field, code, detail)));
  }

  /// Looks at a trunk, and calls a number by it if one is given. The number is kept nowhere.
  private Answer diagnose(Asked asked) {
    Trunk trunk = trunk(asked);
    Optional<Msisdn> callee =
        asked.body(DiagnosisForm.class).number().filter(text -> !text.isBlank()).map(this::number);
    return switch (lines.diagnoses().begin(trunk, callee)) {
      case Diagnoses.Begun.Started(Diagnosis diagnosis) -> Answer.accepted(view(diagnosis));
      case Diagnoses.Begun.UnderWay _ ->
          throw Problem.conflict("UNDER_WAY", "This trunk is being looked at. Wait for the end.");
      case Diagnoses.Begun.TooManyCalls(var wait) ->
          throw Problem.tooMany(
              "TOO_MANY_TEST_CALLS",
              "There were "
                  + Diagnoses.CALLS_AN_HOUR
                  + " test calls within the hour. Wait, or leave the number out.",
              wait);
    };
  }

  private Msisdn number(String text) {
    return switch (reader.read(text)) {
      case NumberReading.Dialable(Msisdn number) -> number;
      case NumberReading.NoNumber(var code, String detail) ->
          throw refused("number", code.name(), detail);
    };
  }

  private Answer diagnosis(Asked asked) {
    return Answer.ok(
        view(
            lines
                .diagnoses()
                .last(asked.id("trunkId", TrunkId::new))
                .orElseThrow(() -> Problem.notFound("diagnosis"))));
  }

  private static DiagnosisView view(Diagnosis diagnosis) {
    return new DiagnosisView(
        diagnosis.begunAt(),
        diagnosis.running(),
        diagnosis.steps().stream().map(TrunkRoutes::view).toList());
  }

  private static StepView view(Diagnosis.Step step) {
    return new StepView(
        step.kind(),
        step.passed(),
        step.code(),
        step.detail(),
        step.certificate()
            .map(one -> new CertificateView(one.subject(), one.issuer(), one.from(), one.until())));
  }

  private TrunkView view(Trunk trunk) {
    TrunkTerms terms = trunk.terms();
    Optional<TrunkStanding> standing =
        telephony.state().trunks().stream().filter(one -> one.id().equals(trunk.id())).findFirst();
    return new TrunkView(
        trunk.id().value(),
        terms.name(),
        terms.host(),
        terms.port(),
        terms.transport(),
        terms.media(),
        terms.authority().map(CarrierAuthority::pem),
        terms.login().map(Login::user),
        terms.codecs(),
        terms.channelLimit(),
        terms.price().stripTrailingZeros().toPlainString(),
        terms.place(),
        terms.callerNumber().e164(),
        terms.enabled(),
        trunk.changes(),
        standing.map(TrunkStanding::condition).orElse(Condition.UNKNOWN),
        standing.flatMap(TrunkStanding::roundTrip).map(java.time.Duration::toMillis),
        standing.flatMap(TrunkStanding::registered),
        standing.map(TrunkStanding::activeCalls).orElse(0),
        standing.map(TrunkStanding::score).orElse(100),
        standing
            .flatMap(TrunkStanding::quarantine)
            .map(one -> new QuarantineView(one.until(), one.why())),
        standing.map(TrunkStanding::quarantines).orElse(0L),
        trunk.suspension().map(one -> new SuspensionView(one.since(), one.why())));
  }
}
