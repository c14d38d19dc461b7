package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.campaigns.CampaignEvent;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.CampaignResult;
import kz.qonyrau.campaigns.CampaignState;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Category;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.MachineRule;
import kz.qonyrau.campaigns.Priority;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.campaigns.RetryPolicy;
import kz.qonyrau.campaigns.Schedule;
import kz.qonyrau.campaigns.Understanding;
import kz.qonyrau.campaigns.Window;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.SuspensionScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@Tag("SH-SUS-01")
@Tag("SH-SUS-07")
class SuspensionWatchTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  private static final Understanding NOTHING =
      new Understanding() {
        @Override
        public Set<Locale> languages() {
          return Set.of();
        }

        @Override
        public List<String> unknownWords(Locale language, String phrase) {
          return List.of();
        }
      };

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CAMPAIGN");

  private final SteppedClock clock = SteppedClock.at(NOON);
  private final Campaigns campaigns =
      new Campaigns(
          database.store(), clock, HouseRules.open(database.store(), clock).await(), NOTHING);
  private final AtomicReference<LicenseStanding> license =
      new AtomicReference<>(new LicenseStanding.None());
  private final SuspensionWatch watch = new SuspensionWatch(license::get, campaigns);

  @Test
  @Tag("EX-SUS-2")
  void campaignsStandWhileItLastsAndWaitForAPersonAfterIt() {
    CampaignId id = running();
    suspend(Optional.of("calls"));
    look();
    look();

    assertThat(state(id)).isEqualTo(CampaignState.SUSPENDED_ADMIN);
    CampaignEvent event = answer(campaigns.log(id)).orElseThrow().getLast();
    assertThat(event.by()).isEqualTo("central");
    assertThat(event.why()).isEqualTo("SECURITY_EMERGENCY: Somebody else calls.");
    assertThat(answer(campaigns.resume(id, "owner", "please")))
        .isEqualTo(new CampaignResult.WrongState(CampaignState.SUSPENDED_ADMIN));

    license.set(new LicenseStanding.Valid(license(List.of())));
    look();

    assertThat(state(id)).isEqualTo(CampaignState.PAUSED);
    assertThat(answer(campaigns.resume(id, "owner", "go on")))
        .isInstanceOf(CampaignResult.Done.class);
  }

  @Test
  @Tag("SH-SUS-02")
  void theSuspensionOfAnotherFunctionLeavesCallsAlone() {
    CampaignId id = running();
    suspend(Optional.of("recording"));

    look();

    assertThat(state(id)).isEqualTo(CampaignState.RUNNING);
  }

  @Test
  void aLicenseThatIsOverLiftsNothing() {
    CampaignId id = running();
    suspend(Optional.empty());
    look();

    license.set(new LicenseStanding.Expired(license(List.of()), NOON));
    look();
    license.set(new LicenseStanding.None());
    look();

    assertThat(state(id)).isEqualTo(CampaignState.SUSPENDED_ADMIN);
  }

  private void look() {
    var _ = answer(watch.look().map(true));
  }

  private CampaignState state(CampaignId id) {
    return answer(campaigns.find(id)).orElseThrow().state();
  }

  private void suspend(Optional<String> module) {
    license.set(
        new LicenseStanding.Valid(
            license(
                List.of(
                    new Suspension(
                        SuspensionScope.of(module, Optional.empty()),
                        "SECURITY_EMERGENCY",
                        NOON,
                        "Somebody else calls.")))));
  }

  private static LicenseDocument license(List<Suspension> suspensions) {
    return new LicenseDocument(
        new BoxId("00000000-0000-4000-8000-000000000001"),
        1,
        "Rehearsal LLP",
        Set.of("calls", "recording"),
        new LicenseLimits(30, 600),
        NOON.minus(Duration.ofDays(1)),
        NOON.plus(Duration.ofDays(1)),
        72,
        suspensions,
        List.of(),
        Optional.empty());
  }

  /// A campaign that dials, as far as the table knows.
  private CampaignId running() {
    CampaignId id = CampaignId.random();
    Schedule byDay =
        new Schedule(
            List.of(
                new Window(
                    LocalDate.parse("2026-11-24"),
                    LocalDate.parse("2026-12-24"),
                    EnumSet.allOf(DayOfWeek.class),
                    LocalTime.of(9, 0),
                    LocalTime.of(21, 0))));
    CampaignOrder order =
        new CampaignOrder(
            "Rehearsal",
            Category.SERVICE,
            "Rehearsal LLP",
            "+77270000000",
            List.of(ContactListId.random()),
            new Prompt.SpokenText("Привет", Locale.of("ru"), Optional.empty()),
            byDay,
            1,
            20,
            Priority.NORMAL,
            Duration.ofSeconds(20),
            Optional.empty(),
            Optional.empty(),
            MachineRule.CARRY_ON,
            RetryPolicy.NONE);
    var _ = answer(campaigns.create(id, order, "owner"));
    int rows =
        answer(
            database
                .store()
                .write(handle -> handle.execute("UPDATE campaign.campaign SET state = 'RUNNING'")));
    assertThat(rows).isEqualTo(1);
    return id;
  }
}
