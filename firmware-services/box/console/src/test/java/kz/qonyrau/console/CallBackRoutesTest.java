package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.callbacks.WhoCalled;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Who called back, as people see it at the box.
@Tag("AC-WHO-05")
@Timeout(60)
class CallBackRoutesTest {

  private TestConsole at;

  @BeforeEach
  void open() {
    at = new TestConsole();
  }

  @AfterEach
  void close() {
    at.close();
  }

  private CallId calls(Optional<String> number) {
    CallId id = CallId.random();
    assertThat(
            TestConsole.await(
                at.callBacks.begin(
                    id,
                    number.map(Msisdn::new),
                    new TrunkId("t00000001"),
                    Optional.of("77172000001"))))
        .isTrue();
    return id;
  }

  private void ended(CallId id, Told told, Optional<Contact> contact) {
    var _ = TestConsole.await(at.callBacks.end(id, told, contact, Duration.ofMillis(12_500)));
  }

  private static Optional<Contact> contact(CampaignId campaign) {
    return Optional.of(
        new Contact(CallId.random(), campaign, Instant.parse("2026-11-20T05:00:00Z")));
  }

  @Test
  void saysWhoCalledWhatTheyWereToldAndWhatTheyAskedFor() {
    CallId hidden = calls(Optional.empty());
    ended(hidden, Told.HIDDEN, Optional.empty());
    at.clock.advance(Duration.ofSeconds(1));
    CallId asked = calls(Optional.of("+77000000002"));
    Optional<Contact> contact = contact(CampaignId.random());
    var _ = TestConsole.await(at.callBacks.wish(asked, contact.orElseThrow(), Wish.COMPLAIN));
    ended(asked, Told.CALLED, contact);
    at.clock.advance(Duration.ofSeconds(1));
    CallId now = calls(Optional.of("+77000000003"));

    JsonNode page = at.read(Role.OWNER, "/call-backs");

    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(page.path("frequent")).isEmpty();
    JsonNode first = page.path("items").path(0);
    assertThat(first.path("id").asString()).isEqualTo(now.value());
    assertThat(first.has("told")).isFalse();
    JsonNode second = page.path("items").path(1);
    assertThat(second.path("number").asString()).isEqualTo("+77000000002");
    assertThat(second.path("called").asString()).isEqualTo("77172000001");
    assertThat(second.path("told").asString()).isEqualTo("CALLED");
    assertThat(second.path("wish").asString()).isEqualTo("COMPLAIN");
    assertThat(second.path("heardSeconds").asDouble()).isEqualTo(12.5);
    assertThat(second.path("contact").path("callId").asString())
        .isEqualTo(contact.orElseThrow().call().value());
    assertThat(second.path("contact").path("campaign").path("name").asString()).isEmpty();
    JsonNode third = page.path("items").path(2);
    assertThat(third.has("number")).isFalse();
    assertThat(third.path("told").asString()).isEqualTo("HIDDEN");
  }

  @Test
  void namesCampaignsAfterWhichManyCallBack() {
    CampaignId campaign = CampaignId.random();
    for (int i = 0; i < CallBacks.MANY; i++) {
      ended(calls(Optional.of("+7700000001" + i)), Told.CALLED, contact(campaign));
    }

    JsonNode frequent = at.read(Role.OWNER, "/call-backs?size=1").path("frequent");

    assertThat(frequent).hasSize(1);
    assertThat(frequent.path(0).path("people").asInt()).isEqualTo(CallBacks.MANY);
    assertThat(frequent.path(0).path("campaign").path("id").asString()).isEqualTo(campaign.value());
  }

  private void asksTheProvider(Msisdn number) {
    Instant now = at.clock.instant();
    var _ =
        TestConsole.await(
            at.inquiries.answer(
                List.of(
                    new Question(
                        UUID.randomUUID().toString(),
                        number,
                        now.minus(Duration.ofDays(30)),
                        now))));
  }

  @Test
  void saysThatSomebodyAskedTheProviderAndOfWhichCampaignAndNotWho() {
    CampaignId campaign = CampaignId.random();
    Msisdn called = new Msisdn("+77000000002");
    at.callers.put(
        called,
        new WhoCalled.Caller(contact(campaign).orElseThrow(), "Орда", "orda.kz", Locale.of("ru")));

    asksTheProvider(called);
    asksTheProvider(new Msisdn("+77000000003"));

    JsonNode page = at.read(Role.OWNER, "/call-backs/inquiries");
    assertThat(page.path("total").asInt()).isEqualTo(1);
    assertThat(page.path("items").path(0).path("campaign").path("id").asString())
        .isEqualTo(campaign.value());
    assertThat(page.path("items").path(0).path("at").asString())
        .isEqualTo(at.clock.instant().toString());
    assertThat(page.toString()).doesNotContain("7000000002");
  }

  @Test
  void whoAskedTheProviderIsTheOwnersBusiness() {
    assertThat(at.get(Role.TECHNICIAN, "/call-backs/inquiries").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OPERATOR, "/call-backs/inquiries").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OWNER, "/call-backs/inquiries?size=201").statusCode()).isEqualTo(400);
  }

  @Test
  void isTheOwnersBusiness() {
    assertThat(at.get(Role.TECHNICIAN, "/call-backs").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OPERATOR, "/call-backs").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OWNER, "/call-backs").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=-1", "page=1000001", "page=x", "size=0", "size=201", "size=%27"})
  void refusesPagesThatDoNotExist(String query) {
    assertThat(at.get(Role.OWNER, "/call-backs?" + query).statusCode()).isEqualTo(400);
  }
}
