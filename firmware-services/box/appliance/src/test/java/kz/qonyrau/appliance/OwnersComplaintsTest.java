package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.complaints.ComplaintNews;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the owner's notices say of complaints.
@Timeout(60)
@Tag("AC-SPM-04")
class OwnersComplaintsTest {

  private static final String ID = UUID.randomUUID().toString();

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "CAMPAIGN", "COMPLAINT", "NOTICE");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final AtomicInteger rung = new AtomicInteger();
  private Notices notices;
  private Complaints complaints;

  @BeforeEach
  void boot() {
    notices = new Notices(database.store(), clock);
    notices.onChange(rung::incrementAndGet);
    complaints =
        new Complaints(
            database.store(),
            new Outbox(clock),
            new Suppressions(database.store(), clock),
            new ContactCards(
                database.store(), answer(HouseRules.open(database.store(), clock)), clock),
            Optional::empty,
            new OwnersComplaints(notices),
            clock);
  }

  private void said(Standing standing, Optional<Instant> due) {
    clock.advance(Duration.ofMinutes(1));
    assertThat(
            answer(
                complaints.obey(
                    List.of(
                        new BlockDirective(
                            ID,
                            new Msisdn("+77000000001"),
                            standing,
                            ContactChannel.CALL,
                            ComplaintSource.SUBSCRIBER,
                            clock.instant(),
                            clock.instant(),
                            clock.instant(),
                            due,
                            false,
                            "They call every day.")))))
        .isEqualTo(1);
  }

  @Test
  void nameTheCaseAndNotTheNumberAndSayUntilWhenProofIsAwaited() {
    Instant due = clock.instant().plus(Duration.ofDays(3));
    said(Standing.PROVISIONAL, Optional.empty());
    said(Standing.PROVISIONAL, Optional.of(due));
    said(Standing.CONFIRMED, Optional.of(due));
    said(Standing.LIFTED, Optional.empty());
    said(Standing.PROVISIONAL, Optional.empty());
    said(Standing.REJECTED, Optional.empty());

    List<KeptNotice> told = new ArrayList<>(answer(notices.newest(false, 100)).notices());
    assertThat(told.reversed())
        .extracting(KeptNotice::code)
        .containsExactly(
            "COMPLAINT_RECEIVED",
            "EVIDENCE_ASKED",
            "COMPLAINT_CONFIRMED",
            "BLOCK_LIFTED",
            "COMPLAINT_RECEIVED",
            "COMPLAINT_REJECTED");
    assertThat(told)
        .allSatisfy(notice -> {
          assertThat(notice.subject()).contains(ID.substring(0, 8));
          assertThat(notice.until())
              .isEqualTo(
                  notice.code().equals(ComplaintNews.EVIDENCE_ASKED.name())
                      ? Optional.of(due)
                      : Optional.empty());
        });
    assertThat(rung).hasValue(6);
  }
}
