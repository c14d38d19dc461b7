package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.HouseRules;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;

/// How long somebody waits for the numbers that begin or end as he typed, among a million contacts,
/// beside the same among a thousand: searches in one list, in all lists, and the card of a number.
final class SearchRate {

  private static final int FEW = Integer.getInteger("few", 1_000);
  private static final int MANY = Integer.getInteger("many", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 400);
  private static final long SEED = 1;

  private record Waits(double all, double worst, double inList, double card) {}

  Figure run(Place place) throws Exception {
    // What a program does only when it is new counts for neither.
    var _ = waits(place.data().resolve("new"), FEW);
    Waits few = waits(place.data().resolve("few"), FEW);
    Waits many = waits(place.data().resolve("many"), MANY);
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("contacts", (double) MANY);
    details.put("longestMs", many.worst);
    details.put("inOneListMs", many.inList);
    details.put("cardMs", many.card);
    details.put("baselineContacts", (double) FEW);
    details.put("baselineLongestMs", few.worst);
    return new Figure(
        "search",
        many.all,
        "ms for a search among all contacts, 95 of 100",
        few.all,
        "the same among few",
        many.all / few.all,
        "value / baseline",
        details);
  }

  private static Waits waits(Path data, int contacts) throws Exception {
    Clock clock = Clock.systemUTC();
    Files.createDirectories(data);
    try (Store store =
            Store.open(
                new StoreSettings(
                    "jdbc:derby:" + data.resolve("database"),
                    4,
                    Duration.ofSeconds(30),
                    Optional.empty()),
                List.of("CAMPAIGN"));
        ContactLists lists = new ContactLists(store, clock)) {
      ContactListId list = BenchList.imported(lists, data, contacts, clock);
      HouseRules rules = HouseRules.open(store, clock).await();
      ContactCards cards = new ContactCards(store, rules, clock);
      double[] all =
          measured(contacts, typed -> cards.find(typed, 20).map(found -> found.hits().size()));
      double[] inList =
          measured(
              contacts,
              typed ->
                  lists
                      .contacts(list, 0, 50, typed)
                      .map(page -> page.orElseThrow().items().size()));
      double[] card =
          measured(
              contacts,
              typed -> cards.card(new Msisdn("+77010000000")).map(one -> one.listings().size()));
      return new Waits(of(all, 0.95), of(all, 1), of(inList, 0.95), of(card, 0.95));
    }
  }

  /// How long each of the rounds took, in ms, sorted; as many before them are not measured.
  private static double[] measured(int contacts, Function<String, Future<Integer>> search) {
    Random random = new Random(SEED);
    double[] waits = new double[ROUNDS];
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      String typed = typed(random, contacts);
      long begun = System.nanoTime();
      int found = search.apply(typed).await();
      double wait = (System.nanoTime() - begun) / 1e6;
      if (found == 0) {
        throw new IllegalStateException("nothing was found for " + typed);
      }
      if (round >= 0) {
        waits[round] = wait;
      }
    }
    Arrays.sort(waits);
    return waits;
  }

  /// As people type: a whole number, its beginning, or its last four digits or more.
  private static String typed(Random random, int contacts) {
    String number = "701" + String.format(Locale.ROOT, "%07d", random.nextInt(contacts));
    return switch (random.nextInt(4)) {
      case 0 -> "8" + number;
      case 1 -> number.substring(0, 3 + random.nextInt(5));
      case 2 -> "+7 " + number.substring(0, 3);
      default -> number.substring(3 + random.nextInt(4));
    };
  }

  private static double of(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
