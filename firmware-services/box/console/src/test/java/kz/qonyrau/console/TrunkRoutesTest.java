package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Trunks by way of the door.
@Tag("PLT-14")
@Timeout(120)
class TrunkRoutesTest {

  // Signed by itself with a key that nobody has; "CN=Pasted".
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBijCCAS+gAwIBAgIUCcu9BT/4bSeN2/40VM2C4UEsOQYwCgYIKoZIzj0EAwIw
      ETEPMA0GA1UEAwwGUGFzdGVkMCAXDTI2MTEzMDIyMjcyN1oYDzIxMjYxMTA2MjIy
      NzI3WjARMQ8wDQYDVQQDDAZQYXN0ZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAQwVxScN9j6W7N1qq0BW57a2JBIB28D3deUfy7gbA3XpHYjIRtfvttczQei0eg9
      gc+Li25HNeRlFDmKCyaMjbI3o2MwYTAdBgNVHQ4EFgQUJbh2kxt178ozdU5j9tk+
      9AmqoPkwHwYDVR0jBBgwFoAUJbh2kxt178ozdU5j9tk+9AmqoPkwDwYDVR0TAQH/
      BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwCgYIKoZIzj0EAwIDSQAwRgIhAI+AUT6H
      m2Ddo0aMcSB4eISmOVb19hARWiys13d0owdiAiEAus5aNNs5XfSkBBbHzG+Myzei
      2QBZcHrCyoq9F2OobGI=
      -----END CERTIFICATE-----
      """;

  private TestConsole at;

  @BeforeEach
  void open() {
    at = new TestConsole();
  }

  @AfterEach
  void close() throws Exception {
    at.close();
  }

  private static ObjectNode form() {
    return (ObjectNode)
        TestConsole.JSON.readTree(
            """
            {"name": "Main", "host": "sip.carrier.kz", "port": 5060, "transport": "UDP",
             "user": "box", "password": "top-secret", "codecs": ["ALAW"], "channelLimit": 10,
             "price": "12.5", "place": 1, "callerNumber": "+77172000000", "enabled": true}
            """);
  }

  private HttpResponse<String> add(ObjectNode form) {
    return at.send(Role.TECHNICIAN, "POST", "/trunks", form.toString());
  }

  private String added(ObjectNode form) {
    HttpResponse<String> answer = add(form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestConsole.JSON.readTree(answer.body()).path("id").asString();
  }

  @Test
  void aTechnicianSetsTrunksUpAndNoPasswordComesOut() {
    String id = added(form());

    JsonNode seen = at.read(Role.OWNER, "/trunks");
    assertThat(seen.toString()).doesNotContain("top-secret").doesNotContain("password");
    JsonNode trunk = seen.path("trunks").get(0);
    assertThat(trunk.path("user").asString()).isEqualTo("box");
    assertThat(trunk.path("price").asString()).isEqualTo("12.5");
    assertThat(at.read(Role.OWNER, "/audit").toString())
        .contains("TRUNK_ADDED", "Main: sip.carrier.kz:5060")
        .doesNotContain("top-secret");

    ObjectNode other = form().put("name", "Spare").put("changes", 0);
    other.remove("password");
    String path = "/trunks/" + id;
    assertThat(at.send(Role.TECHNICIAN, "PUT", path, other.toString()).statusCode()).isEqualTo(200);
    assertThat(
            Eventually.answer(at.trunks.find(new TrunkId(id)))
                .orElseThrow()
                .terms()
                .login()
                .orElseThrow()
                .password())
        .isEqualTo("top-secret");
    assertThat(at.send(Role.TECHNICIAN, "PUT", path, other.toString()).statusCode()).isEqualTo(409);
    assertThat(at.send(Role.TECHNICIAN, "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(at.read(Role.OWNER, "/trunks").path("trunks").isEmpty()).isTrue();
  }

  @Test
  @Tag("PLT-19")
  void theOwnerOnlyLooksAndAnOperatorDoesNotEvenDoThat() {
    String path = "/trunks/" + added(form());
    for (Role role : new Role[] {Role.OWNER, Role.OPERATOR}) {
      assertThat(at.send(role, "POST", "/trunks", form().toString()).statusCode()).isEqualTo(403);
      assertThat(at.send(role, "PUT", path, form().toString()).statusCode()).isEqualTo(403);
      assertThat(at.send(role, "DELETE", path, "").statusCode()).isEqualTo(403);
      assertThat(at.send(role, "POST", path + "/diagnosis", "{}").statusCode()).isEqualTo(403);
    }
    assertThat(at.get(Role.OPERATOR, "/trunks").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "name, 'a\u0000b'",
    "name, ' '",
    "host, 'sip.kz;x'",
    "host, 'sip:sip.kz'",
    "host, '[::1]'",
    "user, 'b]x'",
    "user, 'b x'",
    "password, 'p;x'",
    "password, 'p w'",
    "price, '1e3'",
    "price, '-1'",
    "price, '1.00001'",
    "callerNumber, '+77771234567'",
    "callerNumber, '112'",
  })
  @Tag("AC-CAL-03")
  void namesTheFieldThatCannotBeSo(String field, String value) {
    HttpResponse<String> answer = add(form().put(field, value));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("\"" + field + "\"");
    assertThat(at.read(Role.OWNER, "/trunks").path("trunks").isEmpty()).isTrue();
  }

  @Test
  void lineBreaksGetNowhere() {
    for (String field : new String[] {"name", "host", "user", "password", "callerNumber"}) {
      String value = form().path(field).asString() + "\n[admin]\ntype = endpoint";
      assertThat(add(form().put(field, value)).statusCode()).isBetween(400, 422);
    }
    assertThat(add(form().put("port", 0)).statusCode()).isEqualTo(400);
    assertThat(add(form().put("channelLimit", 1001)).statusCode()).isEqualTo(400);
    assertThat(add(form().put("transport", "UDP\nx")).statusCode()).isEqualTo(400);
    assertThat(at.read(Role.OWNER, "/trunks").path("trunks").isEmpty()).isTrue();
  }

  private static ObjectNode secure() {
    return form().put("port", 5061).put("transport", "TLS").put("media", "SRTP");
  }

  @Test
  void aTrunkOverTlsSaysWhomToTrustAndGivesItBack() {
    String id = added(secure().put("authority", "\r\n" + AUTHORITY + "\n"));

    JsonNode trunk = at.read(Role.OWNER, "/trunks").path("trunks").get(0);
    assertThat(trunk.path("media").asString()).isEqualTo("SRTP");
    assertThat(trunk.path("authority").asString()).isEqualTo(AUTHORITY);

    ObjectNode plain = form().put("changes", 0);
    assertThat(at.send(Role.TECHNICIAN, "PUT", "/trunks/" + id, plain.toString()).statusCode())
        .isEqualTo(200);
    trunk = at.read(Role.OWNER, "/trunks").path("trunks").get(0);
    assertThat(trunk.path("media").asString()).isEqualTo("PLAIN");
    assertThat(trunk.has("authority")).isFalse();
  }

  @Test
  void whatProtectsNothingIsRefusedAtItsField() {
    HttpResponse<String> keysInTheClear = add(form().put("media", "SRTP"));
    assertThat(keysInTheClear.statusCode()).isEqualTo(422);
    assertThat(keysInTheClear.body()).contains("\"media\"", "Choose TLS");

    HttpResponse<String> noCertificateShown = add(form().put("authority", AUTHORITY));
    assertThat(noCertificateShown.statusCode()).isEqualTo(422);
    assertThat(noCertificateShown.body()).contains("\"authority\"", "Choose TLS");

    assertThat(add(secure().put("media", "DTLS")).statusCode()).isEqualTo(400);
    assertThat(add(secure().put("authority", "A".repeat(20_001))).statusCode()).isEqualTo(400);
    assertThat(at.read(Role.OWNER, "/trunks").path("trunks").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'-----BEGIN PRIVATE KEY-----\nMIGHsecretAgEAMBMG\n-----END PRIVATE KEY-----', PRIVATE_KEY",
    "'-----BEGIN EC PRIVATE KEY-----\nMIGHsecret', PRIVATE_KEY",
    "'-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----', NOT_CERTIFICATES",
    "'secret\u0000', NOT_CERTIFICATES",
    "'secret = 1\n[udp]\ntype = transport', NOT_CERTIFICATES",
  })
  void whatIsNoAuthorityIsNamedAndNotRepeated(String pasted, String code) {
    HttpResponse<String> answer = add(secure().put("authority", pasted));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"authority\"", code).doesNotContain("secret");
    assertThat(at.read(Role.OWNER, "/trunks").path("trunks").isEmpty()).isTrue();
    assertThat(at.read(Role.OWNER, "/audit").toString()).doesNotContain("secret");
  }

  @Test
  void anotherUserNeedsAPasswordOfItsOwn() {
    String id = added(form());
    ObjectNode other = form().put("user", "another");
    other.remove("password");

    HttpResponse<String> answer =
        at.send(Role.TECHNICIAN, "PUT", "/trunks/" + id, other.toString());

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"password\"");
  }

  @Test
  void moreCallsThanThereArePortsForAreRefusedAtTheirField() {
    var _ = added(form().put("channelLimit", 95));

    HttpResponse<String> answer = add(form().put("name", "B").put("channelLimit", 6));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("TOO_MANY_CHANNELS", "\"channelLimit\"");
  }

  @Test
  @Tag("EX-SUS-1")
  void nobodyHereOpensWhatTheProviderHasShut() {
    String id = added(form());
    Trunk.Suspension shut = new Trunk.Suspension(Instant.EPOCH, "abused from outside");
    assertThat(Eventually.answer(at.trunks.suspend(Map.of(new TrunkId(id), shut))).shut())
        .hasSize(1);

    assertThat(at.send(Role.TECHNICIAN, "DELETE", "/trunks/" + id, "").body())
        .contains("TRUNK_SUSPENDED");
    assertThat(at.send(Role.TECHNICIAN, "PUT", "/trunks/" + id, form().toString()).statusCode())
        .isEqualTo(200);
    assertThat(at.read(Role.OWNER, "/trunks").path("trunks").get(0).path("suspension").toString())
        .contains("abused from outside");
  }

  @Test
  void looksAtATrunkStepByStepAndCallsWhomItIsTold() {
    String id = added(form().put("host", "127.0.0.1"));
    String path = "/trunks/" + id + "/diagnosis";

    assertThat(at.get(Role.TECHNICIAN, path).statusCode()).isEqualTo(404);
    assertThat(
            at.send(Role.TECHNICIAN, "POST", path, "{\"number\": \"8 701 123 45 67\"}")
                .statusCode())
        .isEqualTo(202);
    Eventually.await(
        Duration.ofSeconds(20),
        "the end of the look",
        () -> !at.read(Role.TECHNICIAN, path).path("running").asBoolean());

    JsonNode steps = at.read(Role.TECHNICIAN, path).path("steps");
    assertThat(steps.toString())
        .contains("RESOLVED", "127.0.0.1", "NOT_REGISTERED")
        .contains("CARRIER_FAULT", "Q.850 34, SIP 503")
        .doesNotContain("7011234567");
    assertThat(at.tested.stream().map(number -> number.e164()).toList())
        .containsExactly("+77011234567");
    assertThat(at.read(Role.OWNER, "/audit").toString())
        .contains("TRUNK_TESTED")
        .doesNotContain("7011234567");
  }

  @Test
  void saysOfATrunkOverTlsThatItsPortIsClosedAndGoesNoFurther() {
    String id =
        added(secure().put("host", "127.0.0.1").put("port", Ports.free()).put("enabled", false));
    String path = "/trunks/" + id + "/diagnosis";

    assertThat(at.send(Role.TECHNICIAN, "POST", path, "{}").statusCode()).isEqualTo(202);
    Eventually.await(
        Duration.ofSeconds(20),
        "the end of the look",
        () -> !at.read(Role.TECHNICIAN, path).path("running").asBoolean());

    JsonNode steps = at.read(Role.TECHNICIAN, path).path("steps");
    assertThat(steps.toString()).contains("CONNECTION_REFUSED").doesNotContain("\"TLS\"");
  }

  @Test
  void callsNobodyAbroadAndNobodyMoreThanTenTimesAnHour() {
    String path = "/trunks/" + added(form().put("host", "127.0.0.1")) + "/diagnosis";
    HttpResponse<String> abroad =
        at.send(Role.TECHNICIAN, "POST", path, "{\"number\": \"+1 202 555 0100\"}");
    assertThat(abroad.statusCode()).isEqualTo(422);
    assertThat(abroad.body()).contains("\"number\"");
    for (int call = 0; call < 10; call++) {
      assertThat(
              at.send(Role.TECHNICIAN, "POST", path, "{\"number\": \"87011234567\"}").statusCode())
          .isEqualTo(202);
      Eventually.await(
          Duration.ofSeconds(20),
          "the end of the look",
          () -> !at.read(Role.TECHNICIAN, path).path("running").asBoolean());
    }

    assertThat(at.send(Role.TECHNICIAN, "POST", path, "{\"number\": \"87011234567\"}").statusCode())
        .isEqualTo(429);
    assertThat(at.send(Role.TECHNICIAN, "POST", path, "{}").statusCode()).isEqualTo(202);
    assertThat(at.tested).hasSize(10);
  }
}
