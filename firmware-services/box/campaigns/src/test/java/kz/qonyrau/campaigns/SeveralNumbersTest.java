package kz.qonyrau.campaigns;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Contacts with several numbers, counted before the start as the campaign will find them.
@Tag("AC-CMP-06")
final class SeveralNumbersTest extends DialingRoom {

  private static final CallPricing PRICING =
      new CallPricing() {
        @Override
        public Tenge answeredCall(CampaignOrder order, Duration answered) {
          return Tenge.of("12.00");
        }

        @Override
        public String tariffVersion() {
          return "2026-11";
        }
      };

  private static final String AIGUL = "+77010000001";
  private static final String BOLAT = "+77010000002";
  private static final String DAULET = "+77010000003";
  private static final String SHARED = "+77272500001";
  private static final String SPARE = "+77272500002";

  /// Nothing is dialled: it is who would be that counts.
  @BeforeEach
  void shut() {
    gate = new GateState.Stopped(IdleReason.LICENSE);
  }

  @Test
  @Tag("AC-SPM-08")
  void whoseOtherNumberIsTheBlockedFirstNumberOfAnotherIsNotCalledThere() throws IOException {
    block(AIGUL, BlockList.OWN);
    block(BOLAT, BlockList.OWN);
    CampaignId id =
        drafted(
            OrderDraft.to(
                list(
                    """
                    телефон;дом
                    %s;%s
                    %s;%s
                    %s;%s
                    """
                        .formatted(DAULET, BOLAT, BOLAT, AIGUL, AIGUL, SPARE))));

    assertCountedAsCalled(id, Map.of(Exclusion.BLOCKED, 1L), DAULET, SPARE);
  }

  @Test
  @Tag("AC-CON-04")
  void whoseOtherNumberBelongsToSomebodyWhoWithdrewIsLeftAloneAsWell() throws IOException {
    block(AIGUL, BlockList.SUBSCRIBER);
    CampaignId id =
        drafted(
            OrderDraft.to(
                list(
                    """
                    телефон;дом
                    %s;%s
                    %s;%s
                    %s;%s
                    """
                        .formatted(BOLAT, AIGUL, AIGUL, SHARED, DAULET, SPARE))));

    assertCountedAsCalled(id, Map.of(Exclusion.WITHDRAWN, 2L), DAULET);
  }

  @Test
  @Tag("AC-SPM-08")
  void aNumberThatTwoHaveBesideTheirOwnIsThereForTheFirstOfThem() throws IOException {
    block(BOLAT, BlockList.OWN);
    ContactListId first = list("телефон;дом\n%s;%s\n".formatted(AIGUL, SHARED));
    ContactListId second = list("телефон;дом\n%s;%s\n".formatted(BOLAT, SHARED));

    assertCountedAsCalled(
        drafted(OrderDraft.to(first, second)), Map.of(Exclusion.BLOCKED, 1L), AIGUL);
    assertCountedAsCalled(drafted(OrderDraft.to(second, first)), Map.of(), SHARED, AIGUL);
  }

  @Test
  @Tag("AC-SPM-08")
  void whoIsARecipientByAnEarlierListKeepsNoNumberOfALaterOne() throws IOException {
    block(BOLAT, BlockList.OWN);
    ContactListId first = list("телефон\n" + AIGUL + "\n");
    ContactListId second = list("телефон;дом\n%s;%s\n".formatted(AIGUL, SHARED));
    ContactListId third = list("телефон;дом\n%s;%s\n".formatted(BOLAT, SHARED));

    assertCountedAsCalled(drafted(OrderDraft.to(first, second, third)), Map.of(), AIGUL, SHARED);
  }

  /// Consent is the contact's, whichever of his numbers is dialled; a withdrawal goes before it.
  @Test
  @Tag("AC-CON-03")
  void advertisingReachesNoOtherNumberOfWhomHasNotAgreed() throws IOException {
    block(AIGUL, BlockList.OWN);
    block(BOLAT, BlockList.OWN);
    block("+77272500004", BlockList.SUBSCRIBER);
    ContactListId agreed = list("телефон;дом\n%s;%s\n".formatted(AIGUL, SHARED), Consent.GRANTED);
    ContactListId unknown =
        list(
            """
            телефон;дом
            %s;%s
            %s;+77272500003
            +77010000004;+77272500004
            """
                .formatted(BOLAT, SPARE, DAULET));
    OrderDraft draft = OrderDraft.to(unknown, agreed);

    assertCountedAsCalled(
        drafted(draft.category(Category.ADVERTISING)),
        Map.of(Exclusion.NO_CONSENT, 2L, Exclusion.WITHDRAWN, 1L),
        SHARED);
    assertCountedAsCalled(
        drafted(draft.category(Category.SERVICE)),
        Map.of(Exclusion.WITHDRAWN, 1L),
        SPARE,
        DAULET,
        SHARED);
  }

  @ParameterizedTest
  @CsvSource({"1, SERVICE", "2, SERVICE", "3, ADVERTISING", "4, ADVERTISING"})
  @Tag("AC-CON-03")
  void whateverListsAndBlocksThereAre(long seed, Category category) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      String pool = "+7701%03d".formatted(round);
      List<ContactListId> all = new ArrayList<>();
      for (int place = 0; place < 3; place++) {
        // A number with two consents counts under both; here nobody has two.
        int parity = category == Category.ADVERTISING ? place : -1;
        all.add(
            list(
                people(random, pool, parity),
                random.nextBoolean() ? Consent.GRANTED : Consent.UNKNOWN));
      }
      all.add(list("телефон\n%s9999\n".formatted(pool), Consent.GRANTED));
      for (int number = 0; number < 12; number++) {
        if (random.nextInt(3) == 0) {
          BlockList[] kinds = BlockList.values();
          block(number(pool, number), kinds[random.nextInt(kinds.length)]);
        }
      }
      CampaignId id = drafted(OrderDraft.to(all.toArray(ContactListId[]::new)).category(category));
      Estimate estimate = estimate(id);

      List<Recipient> recipients = prepared(id);

      assertThat(counted(recipients)).as("round %d", round).isEqualTo(estimate.excluded());
      assertThat(called(recipients)).as("round %d", round).hasSize((int) estimate.recipients());
      assertThat(called(recipients)).as("round %d", round).doesNotHaveDuplicates();
    }
  }

  /// A list of a few people with up to three numbers each, out of twelve.
  ///
  /// @param parity whose first numbers have this remainder by 3; -1 for any
  private static String people(Random random, String pool, int parity) {
    // Of a column it is told by its content that it holds numbers.
    StringBuilder text = new StringBuilder("телефон;дом;работа\n");
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      int first = parity < 0 ? random.nextInt(12) : 3 * random.nextInt(4) + parity;
      text.append(number(pool, first));
      for (int other = 0; other < 2; other++) {
        text.append(';');
        if (random.nextInt(4) > 0) {
          text.append(number(pool, random.nextInt(12)));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(String pool, int number) {
    return pool + "%04d".formatted(number);
  }

  private void block(String number, BlockList list) {
    var _ = await(suppressions.add(List.of(new Msisdn(number)), list, "a test", "test"));
  }

  private Estimate estimate(CampaignId id) {
    return await(campaigns.estimate(id, MESSAGE, PRICING, Tenge.of("1000.00"), gate)).orElseThrow();
  }

  /// Those whom a campaign is to reach when it has begun.
  private List<Recipient> prepared(CampaignId id) {
    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isInstanceOf(CampaignResult.Done.class);
    turns(10);
    return await(campaigns.recipients(id, Optional.empty(), "", 0, 100)).orElseThrow().items();
  }

  private static Map<Exclusion, Long> counted(List<Recipient> recipients) {
    return recipients.stream()
        .flatMap(one -> one.exclusion().stream())
        .collect(groupingBy(why -> why, counting()));
  }

  /// At which numbers the next calls would be.
  private static List<String> called(List<Recipient> recipients) {
    return recipients.stream()
        .filter(one -> one.exclusion().isEmpty())
        .map(one -> one.dials().e164())
        .toList();
  }

  private void assertCountedAsCalled(
      CampaignId id, Map<Exclusion, Long> excluded, String... numbers) {
    Estimate estimate = estimate(id);
    List<Recipient> recipients = prepared(id);

    assertThat(called(recipients)).containsExactly(numbers);
    assertThat(counted(recipients)).isEqualTo(excluded);
    assertThat(estimate.recipients()).isEqualTo(numbers.length);
    assertThat(estimate.excluded()).isEqualTo(excluded);
  }
}
