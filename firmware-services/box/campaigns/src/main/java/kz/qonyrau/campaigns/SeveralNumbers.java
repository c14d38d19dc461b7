package kz.qonyrau.campaigns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import kz.qonyrau.campaigns.RecipientNumbers.Choice;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// What a count by first numbers misses of contacts with several: who is left alone because of
/// another number, and who can be called at another one because his first is blocked.
///
/// Whose a number is follows the rule of [RecipientPreparation]: it belongs to the contact whose
/// first number it is in any list of the campaign, blocked or not, else to the first one, in the
/// order of the lists, who has it beside his own and is a recipient. Nobody else is called there.
/// What its subscriber said himself holds for everybody who has it all the same.
final class SeveralNumbers {

  private final Handle handle;
  private final List<Long> lists;
  private final boolean onlyConsented;
  private final Function<Msisdn, String> free;
  private final Map<String, Long> moved = new HashMap<>();

  /// @param lists of the campaign, in their order
  /// @param onlyConsented whether only those are called who agreed
  /// @param free the kind of a contact who may be called, by the number that would be dialled
  SeveralNumbers(
      Handle handle, List<Long> lists, boolean onlyConsented, Function<Msisdn, String> free) {
    this.handle = handle;
    this.lists = lists;
    this.onlyConsented = onlyConsented;
    this.free = free;
  }

  private record Suspect(int seq, Msisdn number, boolean consented) {}

  /// How many more contacts are of each kind than were counted; below 0 if fewer.
  Map<String, Long> moved() {
    for (int place = 0; place < lists.size(); place++) {
      for (String number : List.of("o.number", "k.number")) {
        for (Suspect suspect : suspects(lists.get(place), number)) {
          if (isRecipientOf(place, suspect.number)) {
            move(place, suspect, number.equals("k.number"));
          }
        }
      }
    }
    return Map.copyOf(moved);
  }

  /// Those of whom one of the other numbers is left alone and the first is not, or the first is.
  private List<Suspect> suspects(long list, String number) {
    String once =
        number.equals("k.number")
            ? ""
            : "AND NOT EXISTS (SELECT 1 FROM campaign.suppression f WHERE f.number = k.number)";
    return handle
        .createQuery(
            """
            SELECT DISTINCT k.seq, k.number, k.consent_calls FROM campaign.other_number o
            JOIN campaign.contact k ON k.list_no = o.list_no AND k.seq = o.seq
            JOIN campaign.suppression s ON s.number = %s
            WHERE o.list_no = :list %s
            """
                .formatted(number, once))
        .bind("list", list)
        .map((row, _) ->
            new Suspect(
                row.getInt("seq"),
                new Msisdn(row.getString("number")),
                row.getString("consent_calls").equals(Consent.GRANTED.name())))
        .list();
  }

  /// Whether who has this first number is a recipient by that list, and not by an earlier one.
  private boolean isRecipientOf(int place, Msisdn first) {
    return lists.subList(0, place).stream().noneMatch(list -> isFirstNumber(list, first));
  }

  private boolean isFirstNumber(long list, Msisdn number) {
    return handle
        .createQuery("SELECT seq FROM campaign.contact WHERE list_no = :list AND number = :number")
        .bind("list", list)
        .bind("number", number.e164())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// Whether somebody else is called at a number that a contact of a list has beside his own.
  private boolean isAnothers(int place, Msisdn number) {
    return lists.stream().anyMatch(list -> isFirstNumber(list, number))
        || IntStream.range(0, place)
            .anyMatch(earlier ->
                firstNumberBeside(lists.get(earlier), number)
                    .filter(first -> isRecipientOf(earlier, first))
                    .isPresent());
  }

  private Optional<Msisdn> firstNumberBeside(long list, Msisdn other) {
    return handle
        .createQuery(
            """
            SELECT k.number FROM campaign.other_number o
            JOIN campaign.contact k ON k.list_no = o.list_no AND k.seq = o.seq
            WHERE o.list_no = :list AND o.number = :other
            """)
        .bind("list", list)
        .bind("other", other.e164())
        .mapTo(String.class)
        .findOne()
        .map(Msisdn::new);
  }

  private void move(int place, Suspect suspect, boolean firstIsSuppressed) {
    long list = lists.get(place);
    String counted =
        firstIsSuppressed
            ? Suppressions.status(handle, suspect.number).map(Enum::name).orElse("")
            : callable(suspect, suspect.number);
    List<Msisdn> all = new ArrayList<>(List.of(suspect.number));
    all.addAll(
        OtherNumberTable.of(handle, list, suspect.seq - 1L, suspect.seq)
            .getOrDefault(suspect.seq, List.of()));
    List<Msisdn> own =
        all.stream()
            .filter(number -> number.equals(suspect.number) || !isAnothers(place, number))
            .toList();
    String kind =
        switch (new RecipientNumbers(suspect.number, own, all).choose(handle, _ -> true)) {
          case Choice.LeaveAlone(Consent why) -> why.name();
          case Choice.Dial(Msisdn number) -> callable(suspect, number);
        };
    moved.merge(counted, -1L, Long::sum);
    moved.merge(kind, 1L, Long::sum);
  }

  private String callable(Suspect suspect, Msisdn number) {
    return onlyConsented && !suspect.consented ? Exclusion.NO_CONSENT.name() : free.apply(number);
  }
}
