package kz.qonyrau.notices;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kz.qonyrau.notices.KeptNotice.Dismissal;
import kz.qonyrau.notices.KeptNotice.Origin;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Notice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the owner is told, and told once.
@Tag("SH-NOT-01")
@Timeout(120)
class NoticesTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("NOTICE");

  private final SteppedClock clock = SteppedClock.at(NOON);

  /// As after a start of the program.
  private Notices notices() {
    return new Notices(database.store(), clock);
  }

  private static Notice notice(int minute) {
    return new Notice(
        UUID.nameUUIDFromBytes(new byte[] {(byte) minute, (byte) (minute >> 8)}).toString(),
        "PAYMENT_CREDITED",
        NOON.plus(Duration.ofMinutes(minute)),
        Optional.of(new Tenge(minute)),
        Optional.empty(),
        Optional.empty());
  }

  private List<String> shown() {
    return answer(notices().newest(false, 1000)).notices().stream().map(KeptNotice::id).toList();
  }

  private static List<String> ids(Integer... minutes) {
    return Stream.of(minutes).map(minute -> notice(minute).id()).toList();
  }

  @Test
  void whatCentralTellsIsShownAsItIs() {
    Notice notice =
        new Notice(
            UUID.randomUUID().toString(),
            "WELCOME_BONUS_LAPSES",
            NOON,
            Optional.of(new Tenge(-5)),
            Optional.of(NOON.plusMillis(1)),
            Optional.of("Алматы: Beeline"));

    assertThat(answer(notices().take(List.of(notice)))).isEqualTo(1);

    assertThat(answer(notices().newest(false, 10)))
        .isEqualTo(
            new Notices.Shown(
                1,
                List.of(
                    new KeptNotice(
                        notice.id(),
                        notice.code(),
                        NOON,
                        notice.amount(),
                        notice.until(),
                        notice.subject(),
                        Origin.CENTRAL,
                        Optional.empty()))));
  }

  @Test
  void comesOnceHoweverOftenAndInWhateverOrderItIsTold() {
    assertThat(answer(notices().take(List.of(notice(3), notice(2))))).isEqualTo(2);
    assertThat(answer(notices().take(List.of(notice(2), notice(1))))).isEqualTo(1);
    assertThat(answer(notices().take(List.of(notice(3), notice(2), notice(1))))).isZero();
    assertThat(answer(notices().take(List.of()))).isZero();

    assertThat(shown()).isEqualTo(ids(3, 2, 1));
  }

  @Test
  void whatWasDismissedStaysDismissedWhenItIsToldAgain() {
    assertThat(answer(notices().take(List.of(notice(1), notice(2))))).isNotNegative();
    clock.advance(Duration.ofHours(1));

    assertThat(answer(notices().dismiss(notice(1).id(), "owner"))).isTrue();
    clock.advance(Duration.ofHours(1));
    assertThat(answer(notices().dismiss(notice(1).id(), "somebody"))).isTrue();
    assertThat(answer(notices().take(List.of(notice(1), notice(2))))).isZero();

    Notices.Shown all = answer(notices().newest(false, 10));
    assertThat(all.undismissed()).isEqualTo(1);
    assertThat(all.notices().getLast().dismissal())
        .contains(new Dismissal(NOON.plus(Duration.ofHours(1)), "owner"));
    assertThat(answer(notices().newest(true, 10)).notices())
        .extracting(KeptNotice::id)
        .isEqualTo(ids(2));
  }

  @Test
  void dismissingAllLeavesWhatWasNotSeen() {
    assertThat(answer(notices().take(List.of(notice(1), notice(2), notice(3))))).isNotNegative();

    assertThat(answer(notices().dismissAll(ids(1, 2, 77), "owner"))).isEqualTo(2);
    assertThat(answer(notices().dismissAll(ids(1, 2), "owner"))).isZero();
    assertThat(answer(notices().dismissAll(List.of(), "owner"))).isZero();

    assertThat(answer(notices().undismissed())).isEqualTo(1);
    assertThat(answer(notices().dismiss("00000000-0000-4000-8000-000000000000", "owner")))
        .isFalse();
  }

  @Test
  void listenersAreToldOfWhatIsNewAndOfNothingElse() {
    Notices notices = notices();
    AtomicInteger changes = new AtomicInteger();
    AtomicInteger wishes = new AtomicInteger();
    notices.onChange(changes::incrementAndGet);
    notices.onWarnings(wishes::incrementAndGet);

    assertThat(answer(notices.take(List.of(notice(1))))).isNotNegative();
    assertThat(answer(notices.take(List.of(notice(1))))).isNotNegative();
    assertThat(changes).hasValue(1);
    warn(notices, "100.00");
    assertThat(wishes).hasValue(1);
    assertThat(weigh(notices, "99.00")).hasSize(1);
    assertThat(weigh(notices, "99.00")).isEmpty();
    assertThat(changes).hasValue(2);
    var _ = answer(notices.dismiss(notice(1).id(), "owner"));
    assertThat(changes).hasValue(3);
  }

  // ---- how many are kept

  @Test
  void theOldestThatWasDismissedIsForgottenFirst() {
    take(IntStream.range(0, Notices.MOST));
    assertThat(answer(notices().dismissAll(ids(7, 5, 100), "owner"))).isNotNegative();

    take(IntStream.range(Notices.MOST, Notices.MOST + 2));

    assertThat(shown()).hasSize(Notices.MOST).doesNotContainAnyElementsOf(ids(5, 7));
    take(IntStream.range(Notices.MOST + 2, Notices.MOST + 4));
    assertThat(shown()).hasSize(Notices.MOST).doesNotContainAnyElementsOf(ids(100, 0));
  }

  /// Central repeats the newest; one of those that is forgotten would come back as new.
  @Test
  void whatCentralMayRepeatIsNotForgotten() {
    take(IntStream.range(0, Notices.MOST));
    var _ = answer(notices().dismiss(notice(Notices.MOST - 1).id(), "owner"));
    List<Notice> newest =
        List.of(notice(Notices.MOST), notice(Notices.MOST - 1), notice(Notices.MOST - 2));

    assertThat(answer(notices().take(newest))).isEqualTo(1);
    assertThat(answer(notices().take(newest))).isZero();

    assertThat(shown()).contains(notice(Notices.MOST - 1).id()).hasSize(Notices.MOST);
    assertThat(answer(notices().undismissed())).isEqualTo(Notices.MOST - 1);
  }

  @Test
  void theBoxsOwnNoticesDoNotPushOutCentrals() {
    assertThat(answer(notices().take(List.of(notice(-1000))))).isNotNegative();
    warn(notices(), "100.00");
    for (int crossing = 0; crossing < Notices.MOST + 3; crossing++) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(weigh(notices(), "99.00")).hasSize(1);
      assertThat(weigh(notices(), "100.00")).isEmpty();
    }

    assertThat(shown()).hasSize(Notices.MOST + 1).endsWith(notice(-1000).id());
  }

  @Test
  void refusesMoreThanItKeeps() {
    List<Notice> tooMany =
        IntStream.rangeClosed(0, Notices.MOST).mapToObj(NoticesTest::notice).toList();

    assertThatThrownBy(() -> notices().take(tooMany)).isInstanceOf(IllegalArgumentException.class);
  }

  private void take(IntStream minutes) {
    assertThat(answer(notices().take(minutes.mapToObj(NoticesTest::notice).toList())))
        .isNotNegative();
  }

  // ---- warnings

  private static void warn(Notices notices, String... thresholds) {
    List<Tenge> amounts = Stream.of(thresholds).map(Tenge::of).toList();
    assertThat(answer(notices.setWarnings(new Warnings(amounts, true))).thresholds())
        .hasSameElementsAs(amounts);
  }

  private static List<KeptNotice> weigh(Notices notices, String balance) {
    return answer(
        notices.weigh(
            _ -> Optional.of(new Funds(Tenge.of(balance), Optional.of(Tenge.of("50.00"))))));
  }

  @Test
  @Tag("SH-BAL-18")
  void theUsualDayIsWatchedUntilTheOwnerSaysOtherwise() {
    assertThat(answer(notices().warnings())).isEqualTo(new Warnings(List.of(), true));

    var _ = answer(notices().setWarnings(new Warnings(List.of(new Tenge(5)), false)));

    assertThat(answer(notices().warnings())).isEqualTo(new Warnings(List.of(new Tenge(5)), false));
    assertThat(weigh(notices(), "49.00")).isEmpty();
  }

  @Test
  @Tag("SH-BAL-18")
  void oneCrossingIsOneNoticeAlsoAfterARestart() {
    warn(notices(), "100.00");

    List<KeptNotice> told = weigh(notices(), "99.99");

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().code()).isEqualTo("BALANCE_LOW");
    assertThat(told.getFirst().amount()).contains(Tenge.of("99.99"));
    assertThat(told.getFirst().origin()).isEqualTo(Origin.BOX);
    assertThat(answer(notices().newest(false, 10)).notices()).isEqualTo(told);
    assertThat(weigh(notices(), "80.00")).isEmpty();
    assertThat(weigh(notices(), "40.00"))
        .extracting(KeptNotice::code)
        .containsExactly("BALANCE_BELOW_DAY");
    assertThat(weigh(notices(), "40.00")).isEmpty();
    assertThat(weigh(notices(), "100.00")).isEmpty();
    assertThat(weigh(notices(), "40.00")).hasSize(2);
  }

  @Test
  @Tag("SH-BAL-18")
  void whereNothingIsKnownNothingIsToldAndNothingArmed() {
    warn(notices(), "100.00");
    assertThat(weigh(notices(), "40.00")).hasSize(2);

    assertThat(answer(notices().weigh(_ -> Optional.empty()))).isEmpty();

    assertThat(weigh(notices(), "40.00")).isEmpty();
  }

  @Test
  @Tag("SH-BAL-18")
  void aBalanceThatCannotBeReadTellsNothing() {
    warn(notices(), "100.00");

    assertThatThrownBy(() ->
            answer(
                notices()
                    .weigh(_ -> {
                      throw new IllegalStateException("no book");
                    })))
        .isInstanceOf(IllegalStateException.class);

    assertThat(shown()).isEmpty();
    assertThat(weigh(notices(), "99.00")).hasSize(1);
  }

  // ---- deaths

  /// Cuts the power before the first statement of a step, then before the second, and on until one
  /// gets through; each time the repetition must end as if nothing had happened.
  private void whicheverStatementIsTheLast(
      Runnable before, Consumer<Notices> step, Runnable after) {
    boolean pulled = true;
    int rounds = 0;
    for (int statement = 1; pulled && statement < 60; statement++) {
      before.run();
      Plug plug = Plug.in(database.store(), statement);
      try {
        step.accept(notices());
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      step.accept(notices());
      after.run();
      rounds++;
    }
    assertThat(pulled).isFalse();
    assertThat(rounds).isGreaterThan(1);
  }

  @Test
  @Tag("PLT-06")
  void centralsNoticesComeOnceWhicheverStatementIsTheLast() {
    AtomicInteger minute = new AtomicInteger();
    whicheverStatementIsTheLast(
        () -> minute.addAndGet(2),
        notices -> {
          assertThat(answer(notices.take(List.of(notice(minute.get()), notice(minute.get() + 1)))))
              .isNotNegative();
        },
        () -> assertThat(shown()).hasSize(minute.get()));
  }

  @Test
  @Tag("PLT-06")
  void soTheyDoWhenOthersAreForgotten() {
    take(IntStream.range(0, Notices.MOST));
    AtomicInteger minute = new AtomicInteger(Notices.MOST);
    whicheverStatementIsTheLast(
        minute::incrementAndGet,
        notices -> {
          assertThat(answer(notices.take(List.of(notice(minute.get()))))).isNotNegative();
        },
        () -> assertThat(shown()).hasSize(Notices.MOST).startsWith(notice(minute.get()).id()));
  }

  @Test
  @Tag("PLT-06")
  @Tag("SH-BAL-18")
  void aCrossingIsToldOnceWhicheverStatementIsTheLast() {
    warn(notices(), "100.00", "70.00");
    AtomicInteger crossings = new AtomicInteger();
    whicheverStatementIsTheLast(
        () -> {
          assertThat(weigh(notices(), "100.00")).isEmpty();
          crossings.incrementAndGet();
        },
        notices -> {
          var _ = weigh(notices, "40.00");
        },
        () -> assertThat(shown()).hasSize(2 * crossings.get()));
  }

  @Test
  @Tag("PLT-06")
  @Tag("SH-BAL-18")
  void wishesAreChangedAsAWholeWhicheverStatementIsTheLast() {
    Warnings first = new Warnings(List.of(Tenge.of("100.00"), Tenge.of("70.00")), true);
    Warnings second = new Warnings(List.of(Tenge.of("100.00"), Tenge.of("30.00")), false);
    boolean pulled = true;
    for (int statement = 1; pulled && statement < 60; statement++) {
      assertThat(answer(notices().setWarnings(first))).isEqualTo(first);
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(notices().setWarnings(second));
      } catch (Plug.Pulled _) {
        assertThat(plug.isPulled()).isTrue();
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      assertThat(answer(notices().warnings())).isEqualTo(pulled ? first : second);
    }
    assertThat(pulled).isFalse();
  }

  @Test
  @Tag("PLT-06")
  void aDismissalIsThereOrNotWhicheverStatementIsTheLast() {
    AtomicInteger minute = new AtomicInteger();
    whicheverStatementIsTheLast(
        () -> {
          minute.incrementAndGet();
          take(IntStream.of(minute.get()));
        },
        notices -> assertThat(answer(notices.dismiss(notice(minute.get()).id(), "owner"))).isTrue(),
        () -> assertThat(answer(notices().undismissed())).isZero());
  }

  /// Documents of central as they come: the newest twenty, some lost, some twice, some late.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachNoticeIsThereOnceWhateverGetsLostOnTheWay(long seed) {
    Random random = new Random(seed);
    List<Integer> told = new ArrayList<>();
    List<List<Notice>> sent = new ArrayList<>();
    for (int minute = 0; minute < 60; minute++) {
      told.addFirst(minute);
      List<Notice> newest = told.stream().limit(20).map(NoticesTest::notice).toList();
      sent.add(newest);
      if (random.nextInt(5) == 0) {
        Collections.shuffle(sent, random);
        for (List<Notice> document : sent.subList(0, 1 + random.nextInt(sent.size()))) {
          assertThat(answer(notices().take(document))).isNotNegative();
        }
        assertThat(answer(notices().take(newest))).isNotNegative();
        sent.clear();
      }
    }
    assertThat(answer(notices().take(told.stream().limit(20).map(NoticesTest::notice).toList())))
        .isNotNegative();

    assertThat(shown())
        .doesNotHaveDuplicates()
        .startsWith(ids(told.stream().limit(20).toArray(Integer[]::new)).toArray(String[]::new));
  }
}
