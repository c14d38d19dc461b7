package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kz.qonyrau.campaigns.Suppressions.Added;
import kz.qonyrau.campaigns.Suppressions.Entry;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom no campaign may reach, and for which reasons at once.
@Tag("AC-CON-03")
class SuppressionsTest {

  private static final Msisdn AIGUL = new Msisdn("+77012345678");
  private static final Msisdn BOLAT = new Msisdn("+77012345679");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CAMPAIGN");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private Suppressions suppressions;

  @BeforeEach
  void open() {
    suppressions = new Suppressions(database.store(), clock);
  }

  @ParameterizedTest
  @EnumSource
  void eachListHasItsMeaning(BlockList list) {
    var _ = await(suppressions.add(List.of(AIGUL), list, "asked us to", "owner"));

    assertThat(status(AIGUL)).contains(list.status());
    assertThat(status(BOLAT)).isEmpty();
  }

  @Test
  @Tag("PLT-22")
  void areReadOneAfterTheOtherWhereverAPageEnds() {
    List<Msisdn> both = List.of(AIGUL, BOLAT);
    for (BlockList list : List.of(BlockList.SUBSCRIBER, BlockList.OWN, BlockList.LEGAL)) {
      var _ = await(suppressions.add(both, list, "because", "owner"));
    }
    for (int size = 1; size <= 7; size++) {
      List<String> read = new ArrayList<>();
      List<Entry> page = await(suppressions.after(Optional.empty(), size));
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(size);
        page.forEach(entry -> read.add(entry.number().digits() + " " + entry.list()));
        page = await(suppressions.after(Optional.of(page.getLast()), size));
      }
      assertThat(read)
          .containsExactly(
              "77012345678 LEGAL",
              "77012345678 OWN",
              "77012345678 SUBSCRIBER",
              "77012345679 LEGAL",
              "77012345679 OWN",
              "77012345679 SUBSCRIBER");
    }
  }

  @Test
  void aBlockWeighsMoreThanAWithdrawalAndEachIsLiftedByItself() {
    var _ = await(suppressions.add(List.of(AIGUL), BlockList.LEGAL, "court", "office"));
    var _ = await(suppressions.add(List.of(AIGUL), BlockList.SUBSCRIBER, "key 9", "system"));
    assertThat(status(AIGUL)).contains(Consent.BLOCKED);

    assertThat(await(suppressions.lift(AIGUL, BlockList.LEGAL))).isTrue();
    assertThat(status(AIGUL)).contains(Consent.WITHDRAWN);
    assertThat(await(suppressions.lift(AIGUL, BlockList.LEGAL))).isFalse();
    assertThat(await(suppressions.lift(AIGUL, BlockList.SUBSCRIBER))).isTrue();
    assertThat(status(AIGUL)).isEmpty();
  }

  @Test
  void addingAgainChangesNothing() {
    assertThat(await(suppressions.add(List.of(AIGUL, AIGUL), BlockList.OWN, "first", "owner")))
        .isEqualTo(new Added(1, 0));
    clock.advance(Duration.ofDays(1));
    assertThat(await(suppressions.add(List.of(AIGUL, BOLAT), BlockList.OWN, "second", "owner")))
        .isEqualTo(new Added(1, 1));

    assertThat(page(Optional.empty(), "").items())
        .extracting(Entry::number, Entry::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(BOLAT, "second"),
            org.assertj.core.groups.Tuple.tuple(AIGUL, "first"));
  }

  @Test
  void aThousandAreAddedAtOnceAndMoreAreRefused() {
    List<Msisdn> many =
        IntStream.range(0, 1001).mapToObj(i -> new Msisdn("+7701%07d".formatted(i))).toList();

    assertThat(await(suppressions.add(many.subList(0, 1000), BlockList.OWN, "bought", "owner")))
        .isEqualTo(new Added(1000, 0));
    assertThat(page(Optional.empty(), "").total()).isEqualTo(1000);
    assertThatThrownBy(() -> suppressions.add(many, BlockList.OWN, "bought", "owner"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> suppressions.add(List.of(), BlockList.OWN, "bought", "owner"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aReasonIsNeeded(String reason) {
    assertThatThrownBy(() -> suppressions.add(List.of(AIGUL), BlockList.OWN, reason, "owner"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(
            () -> suppressions.add(List.of(AIGUL), BlockList.OWN, "x".repeat(201), "owner"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {", 3", "5678, 2", "8 (701) 234-56-79, 1", "' OR 1=1 --, 0", "%, 0", "анна, 0"})
  void findsANumberHoweverItIsWritten(String search, int found) {
    var _ = await(suppressions.add(List.of(AIGUL, BOLAT), BlockList.OWN, "ours", "owner"));
    var _ = await(suppressions.add(List.of(AIGUL), BlockList.COMPLAINT, "theirs", "office"));

    String typed = search == null ? "" : search;
    assertThat(page(Optional.empty(), typed).total()).isEqualTo(found);
    assertThat(page(Optional.empty(), typed).items()).hasSize(found);
    assertThat(page(Optional.of(BlockList.CENTER), typed).total()).isZero();
  }

  private Page<Entry> page(Optional<BlockList> list, String search) {
    return await(suppressions.page(list, search, 0, 100));
  }

  private Optional<Consent> status(Msisdn number) {
    return await(database.store().read(handle -> Suppressions.status(handle, number)));
  }

  private static <T> T await(Future<T> future) {
    return future.await();
  }
}
