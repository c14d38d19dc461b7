package kz.qonyrau.console;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.MovementKind;
import kz.qonyrau.ledger.Span;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Problem;

/// What a statement is asked for: days in Astana, kinds, a campaign, the beginning of an id.
///
/// @param from the first day; empty for all that was before, too
/// @param to the last day; empty for all that came after, too
/// @param kind one kind only
/// @param text how the id of a call or a movement begins
/// @param reservations whether what was held and given back is shown
record StatementQuery(
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Optional<MovementKind> kind,
    Optional<CampaignId> campaign,
    Optional<String> text,
    boolean reservations) {

  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

  /// @throws Problem naming the field if a day does not exist or the period ends before it begins
  static StatementQuery of(Asked asked) {
    Optional<LocalDate> from = Days.of(asked, "from");
    Optional<LocalDate> to = Days.of(asked, "to");
    if (from.isPresent() && to.isPresent()) {
      Days.requireForward(from.get(), to.get());
    }
    return new StatementQuery(
        from,
        to,
        asked.text("kind").map(MovementKind::valueOf),
        asked.text("campaignId").map(_ -> asked.id("campaignId", CampaignId::new)),
        asked.text("text").map(String::strip).filter(text -> !text.isEmpty()),
        asked.flag("reservations").orElse(false));
  }

  Span span() {
    return new Span(
        from.map(day -> AstanaTime.instantOf(day.atStartOfDay())).orElse(Span.ALWAYS.from()),
        to.map(day -> AstanaTime.instantOf(day.plusDays(1).atStartOfDay()))
            .orElse(Span.ALWAYS.until()));
  }

  /// The kinds that are shown. Only charges belong to a campaign.
  Set<MovementKind> kinds() {
    Set<MovementKind> kinds = EnumSet.copyOf(MovementKind.MONEY);
    if (reservations) {
      kinds.addAll(MovementKind.RESERVATIONS);
    }
    kind.ifPresent(one -> {
      kinds.clear();
      kinds.add(one);
    });
    if (campaign.isPresent()) {
      kinds.retainAll(EnumSet.of(MovementKind.CAPTURE));
    }
    return kinds;
  }

  /// Whether more is shown than income and expenses.
  boolean showsReservations() {
    return kinds().stream().anyMatch(MovementKind::isReservation);
  }

  /// Whether the period has income or expenses that are not shown.
  boolean isNarrow() {
    return kind.isPresent() || campaign.isPresent() || text.isPresent();
  }

  /// How the ids of the movements begin that fit the text; none if no id can be so.
  List<String> beginnings() {
    return text.filter(typed -> VISIBLE.matcher(typed).matches())
        .map(typed -> List.of(typed, Calls.movementsOf(typed.toLowerCase(Locale.ROOT))))
        .orElse(List.of());
  }
}
