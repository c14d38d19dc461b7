package kz.qonyrau.billing;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Store;
import kz.qonyrau.tariffs.AnnexLine;
import kz.qonyrau.tariffs.BenefitFailure;
import kz.qonyrau.tariffs.BenefitItem;
import kz.qonyrau.tariffs.BenefitProgress;
import kz.qonyrau.tariffs.BenefitStanding;
import kz.qonyrau.tariffs.BenefitTariff;
import kz.qonyrau.tariffs.BenefitTerms;
import kz.qonyrau.tariffs.Catalogue;
import kz.qonyrau.tariffs.EarlyExit;
import kz.qonyrau.tariffs.InvalidTariffException;
import kz.qonyrau.tariffs.Quantity;
import kz.qonyrau.tariffs.Recalculation;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.TariffVersion;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Benefit tariffs: granted by two people, confirmed by the customer, in force while all conditions
/// are met, and rated again where he leaves early (SH-TAR-10 to 15).
///
/// While a benefit holds, the customer's boxes rate by a list of its own, which comes to them as
/// any other; so nothing on a box knows of benefits.
public final class Benefits {

  /// Who gets what a recalculation brings.
  static final WalletId RECALCULATIONS = new WalletId("provider/recalculations");

  private static final int LONGEST_TERMS = 4_000;
  private static final int AT_ONCE = 1_000;
  private static final int LONGEST_FAILING = 1_000;
  private static final String COLUMNS =
      """
      SELECT b.id, b.organisation_id, b.number, b.base_number, b.terms, b.granted_at_ms,
        b.granted_by, b.conditions_at_ms, b.recalculation_at_ms, b.evidence, b.failing,
        b.ended_at_ms, b.end_kind
      FROM billing.benefit b
      """;

  private final Store store;
  private final Ledger ledger;
  private final CustomerNotices notices;
  private final InstantSource clock;
  private final Consumer<OrganisationId> changed;

  Benefits(
      Store store,
      Ledger ledger,
      CustomerNotices notices,
      InstantSource clock,
      Consumer<OrganisationId> changed) {
    this.store = store;
    this.ledger = ledger;
    this.notices = notices;
    this.clock = clock;
    this.changed = changed;
  }

  // ---- looking

  /// A customer's benefits, newest first.
  public Future<List<Benefit>> of(OrganisationId organisation) {
    return store.read(handle ->
        rows(
                handle,
                "WHERE b.organisation_id = :value ORDER BY b.granted_at_ms DESC, b.id",
                organisation.value())
            .stream()
            .map(row -> benefit(handle, row))
            .toList());
  }

  /// What leaving a benefit now would cost (SH-TAR-15). Nothing is changed.
  public sealed interface Preview {

    /// What would be charged, and what would be left.
    record Possible(Recalculation recalculation) implements Preview {}

    /// It cannot be left, or not be rated again.
    record NotPossible(String code, String why) implements Preview {}
  }

  /// What leaving a benefit now would cost.
  public Future<Preview> preview(OrganisationId organisation, String benefit) {
    return store.read(handle -> {
      Optional<DecisionResult.NotPossible> fault = exitFault(handle, organisation, benefit);
      return fault.isPresent()
          ? new Preview.NotPossible(fault.get().code(), fault.get().why())
          : new Preview.Possible(recalculate(handle, find(handle, benefit).orElseThrow()));
    });
  }

  // ---- granting

  /// Why terms cannot be granted to a customer, if they cannot.
  static Optional<DecisionResult.NotPossible> grantFault(
      Handle handle, OrganisationId organisation, String terms) {
    if (terms.length() > LONGEST_TERMS) {
      return refused("TERMS_INVALID", "terms: at most " + LONGEST_TERMS + " characters");
    }
    Optional<PublishedTariff> base = base(handle, organisation);
    if (base.isEmpty()) {
      return refused("NO_BASE_LIST", "terms: no price list is published whose prices they reduce");
    }
    if (!rows(
            handle,
            "WHERE b.organisation_id = :value AND b.ended_at_ms IS NULL",
            organisation.value())
        .isEmpty()) {
      return refused("BENEFIT_RUNS", "terms: the customer has a benefit that is not over");
    }
    try {
      BenefitTerms read = BenefitTerms.parse(terms);
      if (PriceLists.named(handle, read.id()).isPresent()) {
        return refused("VERSION_TAKEN", "benefit: " + read.id() + " names something already");
      }
      var _ = read.list(base.get().tariff().version(), base.get().publishedAt());
      return Optional.empty();
    } catch (InvalidTariffException invalid) {
      return refused("TERMS_INVALID", String.valueOf(invalid.getMessage()));
    }
  }

  /// Grants terms without a fault. The customer has to confirm them before they hold.
  void grant(Handle handle, OrganisationId organisation, String text, Instant now, String by) {
    BenefitTerms terms = BenefitTerms.parse(text);
    PublishedTariff base = base(handle, organisation).orElseThrow();
    PublishedTariff list =
        Publishing.grant(handle, organisation, terms, base.tariff().version(), now, by);
    handle
        .createUpdate(
            """
            INSERT INTO billing.benefit (
              id, organisation_id, number, base_number, terms, granted_at_ms, granted_by)
            VALUES (:id, :organisation, :number, :base, :terms, :at, :by)
            """)
        .bind("id", terms.id())
        .bind("organisation", organisation.value())
        .bind("number", list.number())
        .bind("base", base.number())
        .bind("terms", terms.json())
        .bind("at", now.toEpochMilli())
        .bind("by", by)
        .execute();
  }

  /// The list whose prices a benefit reduces: the one by which the customer is rated, or that his
  /// first payment will pin.
  private static Optional<PublishedTariff> base(Handle handle, OrganisationId organisation) {
    return PriceLists.newestBasePin(handle, organisation)
        .map(Pinned::version)
        .or(() -> PriceLists.published(handle));
  }

  /// Writes down that the customer has confirmed the conditions, and apart from that the rule of
  /// recalculation (SH-TAR-10).
  ///
  /// @param evidence where that is kept, 1 to 500 characters
  /// @return false if there is no such benefit, it is over, or it was confirmed before
  public Future<Boolean> confirm(OrganisationId organisation, String benefit, String evidence) {
    Texts.require("evidence", evidence, 500);
    Instant now = clock.instant();
    return store
        .write(handle -> {
          int confirmed =
              handle
                  .createUpdate(
                      """
                      UPDATE billing.benefit
                      SET conditions_at_ms = :at, recalculation_at_ms = :at, evidence = :evidence
                      WHERE id = :id AND organisation_id = :organisation
                        AND conditions_at_ms IS NULL AND ended_at_ms IS NULL
                      """)
                  .bind("at", now.toEpochMilli())
                  .bind("evidence", evidence)
                  .bind("id", benefit)
                  .bind("organisation", organisation.value())
                  .execute();
          if (confirmed > 0) {
            var _ = watch(handle, find(handle, benefit).orElseThrow(), now);
          }
          return confirmed > 0;
        })
        .onSuccess(confirmed -> {
          if (confirmed) {
            changed.accept(organisation);
          }
        });
  }

  // ---- watching

  /// Looks at every benefit that is not over, and lets its prices hold or not (SH-TAR-11).
  Future<Void> sweep() {
    Instant now = clock.instant();
    return store
        .write(handle -> {
          List<OrganisationId> moved = new ArrayList<>();
          for (Row row : rows(handle, "WHERE b.ended_at_ms IS NULL AND :value = ''", "")) {
            if (watch(handle, row, now)) {
              moved.add(row.organisation());
            }
          }
          return moved;
        })
        .onSuccess(moved -> moved.forEach(changed))
        .mapEmpty();
  }

  /// The same for one customer, inside the caller's transaction, as when he has paid.
  void watch(Handle handle, OrganisationId organisation, Instant now) {
    for (Row row :
        rows(
            handle,
            "WHERE b.organisation_id = :value AND b.ended_at_ms IS NULL",
            organisation.value())) {
      var _ = watch(handle, row, now);
    }
  }

  private boolean watch(Handle handle, Row row, Instant now) {
    BenefitStanding standing = benefitOf(handle, row).watch(progress(handle, row), now);
    boolean holds = holds(handle, row);
    return switch (standing) {
      case BenefitStanding.Applies _ -> !holds && begin(handle, row, now);
      case BenefitStanding.Unconfirmed _, BenefitStanding.NotStarted _ -> false;
      case BenefitStanding.Failed(List<BenefitFailure> failures) -> {
        boolean over =
            failures.stream().anyMatch(failure -> failure instanceof BenefitFailure.PeriodOver);
        if (over) {
          stop(handle, row, now);
          end(handle, row, now, Benefit.End.Kind.OVER);
          tell(handle, row, Code.BENEFIT_ENDED, row.id(), Tenge.ZERO);
          yield true;
        }
        yield fail(handle, row, words(failures), now, holds) || holds;
      }
    };
  }

  private boolean begin(Handle handle, Row row, Instant now) {
    Instant earliest =
        handle
            .createQuery(
                "SELECT MAX(from_ms) FROM billing.benefit_period WHERE organisation_id = :organisation")
            .bind("organisation", row.organisation().value())
            .mapTo(Long.class)
            .findOne()
            .map(last -> Instant.ofEpochMilli(last + 1))
            .orElse(Instant.EPOCH);
    handle
        .createUpdate(
            """
            INSERT INTO billing.benefit_period (organisation_id, from_ms, benefit_id)
            VALUES (:organisation, :from, :benefit)
            """)
        .bind("organisation", row.organisation().value())
        .bind("from", (now.isBefore(earliest) ? earliest : now).toEpochMilli())
        .bind("benefit", row.id())
        .execute();
    failing(handle, row, null);
    return true;
  }

  /// @return whether that is news
  private boolean fail(Handle handle, Row row, String failing, Instant now, boolean held) {
    stop(handle, row, now);
    if (failing.equals(row.failing().orElse(""))) {
      return false;
    }
    failing(handle, row, failing);
    if (held) {
      tell(
          handle,
          row,
          Code.BENEFIT_AT_RISK,
          row.id() + "/" + now.toEpochMilli(),
          row.terms().prepayment());
    }
    return true;
  }

  private static void failing(Handle handle, Row row, @Nullable String failing) {
    handle
        .createUpdate("UPDATE billing.benefit SET failing = :failing WHERE id = :id")
        .bindByType("failing", failing, String.class)
        .bind("id", row.id())
        .execute();
  }

  private static void stop(Handle handle, Row row, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE billing.benefit_period SET to_ms = :now
            WHERE organisation_id = :organisation AND benefit_id = :benefit AND to_ms IS NULL
            """)
        .bind("now", now.toEpochMilli())
        .bind("organisation", row.organisation().value())
        .bind("benefit", row.id())
        .execute();
  }

  private static void end(Handle handle, Row row, Instant now, Benefit.End.Kind kind) {
    handle
        .createUpdate(
            """
            UPDATE billing.benefit SET ended_at_ms = :now, end_kind = :kind, failing = NULL
            WHERE id = :id
            """)
        .bind("now", now.toEpochMilli())
        .bind("kind", kind.name())
        .bind("id", row.id())
        .execute();
  }

  private static boolean holds(Handle handle, Row row) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM billing.benefit_period
            WHERE organisation_id = :organisation AND benefit_id = :benefit AND to_ms IS NULL
            """)
        .bind("organisation", row.organisation().value())
        .bind("benefit", row.id())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static String words(List<BenefitFailure> failures) {
    String words = String.join("; ", failures.stream().map(Benefits::word).toList());
    return words.length() <= LONGEST_FAILING ? words : words.substring(0, LONGEST_FAILING);
  }

  private static String word(BenefitFailure failure) {
    return switch (failure) {
      case BenefitFailure.PrepaymentMissing(Tenge required, Tenge received) ->
          "PREPAYMENT_MISSING: " + received + " of " + required + " KZT";
      case BenefitFailure.VolumeBehind(ServiceCode service, Quantity expected, Quantity used) ->
          "VOLUME_BEHIND: " + service + " " + size(used) + " of " + size(expected);
      case BenefitFailure.PeriodOver(var lastDay) -> "PERIOD_OVER: " + lastDay;
    };
  }

  private static String size(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Time(Duration time) -> time.toSeconds() + " s";
      case Quantity.Pieces(long pieces) -> Long.toString(pieces);
    };
  }

  private static BenefitProgress progress(Handle handle, Row row) {
    Map<ServiceCode, Quantity> used = new EnumMap<>(ServiceCode.class);
    handle
        .createQuery(
            """
            SELECT service, SUM(quantity) AS quantity FROM billing.benefit_item
            WHERE benefit_id = :benefit GROUP BY service
            """)
        .bind("benefit", row.id())
        .map((found, _) -> {
          ServiceCode service = ServiceCode.valueOf(found.getString("service"));
          return used.put(service, quantity(service, found.getLong("quantity")));
        })
        .list();
    return new BenefitProgress(prepaid(handle, row), used);
  }

  private static Tenge prepaid(Handle handle, Row row) {
    return new Tenge(
        handle
            .createQuery(
                """
                SELECT COALESCE(SUM(t.amount_tiyn), 0) FROM billing.top_up t
                WHERE t.organisation_id = :organisation AND t.wallet = 'AUTOCALL'
                  AND t.credited_at_ms >= :since
                """)
            .bind("organisation", row.organisation().value())
            .bind("since", row.grantedAt().toEpochMilli())
            .mapTo(Long.class)
            .one());
  }

  // ---- what is rendered under a benefit

  /// Keeps what a box has rated by a benefit of its customer. Where he has left it meanwhile, the
  /// difference to the base price is charged at once, as part of the recalculation that two people
  /// have confirmed (SH-TAR-12).
  void keep(
      Handle handle,
      OrganisationId organisation,
      BoxId box,
      String item,
      Instant renderedAt,
      List<UsageLine> lines) {
    for (UsageLine line : lines) {
      Optional<ServiceCode> service = ServiceCode.find(line.service());
      Optional<Row> row =
          service.isEmpty()
              ? Optional.empty()
              : find(handle, line.tariffVersion())
                  .filter(found -> found.organisation().equals(organisation));
      if (row.isPresent() && benefitOf(handle, row.get()).covers(service.get())) {
        insert(handle, row.get(), box, item, renderedAt, line);
        if (row.get().end().filter(end -> end.kind() == Benefit.End.Kind.EXIT).isPresent()) {
          chargeLate(handle, row.get(), box, item, service.get());
        }
      }
    }
  }

  private static void insert(
      Handle handle, Row row, BoxId box, String item, Instant renderedAt, UsageLine line) {
    handle
        .createUpdate(
            """
            INSERT INTO billing.benefit_item (
              benefit_id, box_id, item_id, service, quantity, rendered_at_ms, charged_tiyn)
            VALUES (:benefit, :box, :item, :service, :quantity, :at, :charged)
            """)
        .bind("benefit", row.id())
        .bind("box", box.value())
        .bind("item", item)
        .bind("service", line.service())
        .bind("quantity", line.quantity())
        .bind("at", renderedAt.toEpochMilli())
        .bind("charged", line.amount().tiyn())
        .execute();
  }

  private void chargeLate(Handle handle, Row row, BoxId box, String item, ServiceCode service) {
    Instant left = row.end().orElseThrow().at();
    try (Stream<BenefitItem> items = items(handle, row, Optional.of(key(box, item, service)))) {
      for (AnnexLine line : exit(handle, row, left).annex(items).toList()) {
        annex(handle, row, line);
        Tenge more = line.difference();
        if (more.isPositive()) {
          UUID id = UUID.nameUUIDFromBytes(line.item().id().getBytes(StandardCharsets.UTF_8));
          Postings.post(
              ledger,
              handle,
              "benefit-late/" + id,
              WalletKind.AUTOCALL.of(row.organisation()),
              RECALCULATIONS,
              more,
              "benefit " + row.id() + " at base price: " + item);
        }
      }
    } catch (IllegalArgumentException _) {
      // Rendered after he had left, or nobody knows its base price: what the box charged stays.
    }
  }

  // ---- leaving

  /// Why a benefit cannot be left, if it cannot.
  Optional<DecisionResult.NotPossible> exitFault(
      Handle handle, OrganisationId organisation, String benefit) {
    Optional<Row> row =
        find(handle, benefit).filter(found -> found.organisation().equals(organisation));
    if (row.isEmpty()) {
      return refused("NO_SUCH_BENEFIT", "benefit: the customer has none of this name");
    }
    if (row.get().end().isPresent()) {
      return refused("BENEFIT_OVER", "benefit: it is over");
    }
    try {
      var _ = recalculate(handle, row.get());
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return refused("NO_BASE_PRICE", String.valueOf(unknown.getMessage()));
    }
  }

  /// Ends a benefit without a fault: one posting for all that was rendered under it, with a line of
  /// the annex for each item. It may take the wallet below zero (SH-BAL-08, SH-TAR-14).
  ///
  /// @throws IllegalArgumentException if nobody knows an item's base price
  void exit(Handle handle, String benefit, Instant now) {
    Row row = find(handle, benefit).orElseThrow();
    stop(handle, row, now);
    end(handle, row, now, Benefit.End.Kind.EXIT);
    if (!benefitOf(handle, row).includes(now)) {
      // Not begun: nothing was rendered.
      tell(handle, row, Code.BENEFIT_ENDED, row.id(), Tenge.ZERO);
      return;
    }
    EarlyExit exit = exit(handle, row, now);
    List<AnnexLine> lines;
    do {
      try (Stream<BenefitItem> items = items(handle, row, Optional.empty())) {
        lines = exit.annex(items.limit(AT_ONCE)).toList();
      }
      lines.forEach(line -> annex(handle, row, line));
    } while (!lines.isEmpty());
    Recalculation recalculation = annexed(handle, row);
    if (recalculation.adjustment().isPositive()) {
      Postings.post(
          ledger,
          handle,
          "benefit-exit/" + UUID.nameUUIDFromBytes(row.id().getBytes(StandardCharsets.UTF_8)),
          WalletKind.AUTOCALL.of(row.organisation()),
          RECALCULATIONS,
          recalculation.adjustment(),
          "benefit " + row.id() + " left: " + recalculation.items() + " items at base price");
    }
    tell(handle, row, Code.BENEFIT_ENDED, row.id(), recalculation.adjustment());
  }

  /// The annex, added up.
  private Recalculation annexed(Handle handle, Row row) {
    Tenge balance = balance(handle, row);
    return handle
        .createQuery(
            """
            SELECT COUNT(*) AS items, COALESCE(SUM(charged_tiyn), 0) AS charged,
              COALESCE(SUM(base_tiyn), 0) AS base
            FROM billing.benefit_item WHERE benefit_id = :benefit AND base_tiyn IS NOT NULL
            """)
        .bind("benefit", row.id())
        .map((sum, _) ->
            new Recalculation(
                sum.getLong("items"),
                new Tenge(sum.getLong("charged")),
                new Tenge(sum.getLong("base")),
                balance))
        .one();
  }

  private Recalculation recalculate(Handle handle, Row row) {
    Instant now = clock.instant();
    Tenge balance = balance(handle, row);
    if (!benefitOf(handle, row).includes(now)) {
      return new Recalculation(0, Tenge.ZERO, Tenge.ZERO, balance);
    }
    EarlyExit exit = exit(handle, row, now);
    try (Stream<BenefitItem> items = items(handle, row, Optional.empty())) {
      return exit.recalculate(exit.annex(items), balance);
    }
  }

  private Tenge balance(Handle handle, Row row) {
    return ledger.balance(handle, WalletKind.AUTOCALL.of(row.organisation())).available();
  }

  private static EarlyExit exit(Handle handle, Row row, Instant at) {
    List<TariffVersion> versions =
        PriceLists.all(handle, true).reversed().stream()
            .map(list -> list.tariff().version())
            .toList();
    return new EarlyExit(benefitOf(handle, row), Catalogue.of(versions), at);
  }

  private record ItemKey(BoxId box, String item, ServiceCode service) {}

  private static ItemKey key(BoxId box, String item, ServiceCode service) {
    return new ItemKey(box, item, service);
  }

  /// What was rendered and is not rated again yet. To be closed.
  private static Stream<BenefitItem> items(Handle handle, Row row, Optional<ItemKey> one) {
    return handle
        .createQuery(
            """
            SELECT box_id, item_id, service, quantity, rendered_at_ms, charged_tiyn
            FROM billing.benefit_item
            WHERE benefit_id = :benefit AND base_tiyn IS NULL
              AND (:every = 1 OR (box_id = :box AND item_id = :item AND service = :service))
            ORDER BY rendered_at_ms, box_id, item_id, service
            """)
        .bind("benefit", row.id())
        .bind("every", one.isEmpty() ? 1 : 0)
        .bind("box", one.map(key -> key.box().value()).orElse(""))
        .bind("item", one.map(ItemKey::item).orElse(""))
        .bind("service", one.map(key -> key.service().name()).orElse(""))
        .map((found, _) -> item(found))
        .stream();
  }

  private static BenefitItem item(ResultSet row) throws SQLException {
    ServiceCode service = ServiceCode.valueOf(row.getString("service"));
    return new BenefitItem(
        row.getString("box_id") + "/" + row.getString("item_id"),
        service,
        quantity(service, row.getLong("quantity")),
        Instant.ofEpochMilli(row.getLong("rendered_at_ms")),
        new Tenge(row.getLong("charged_tiyn")));
  }

  private static Quantity quantity(ServiceCode service, long quantity) {
    return service.isTimed() ? Quantity.of(Duration.ofSeconds(quantity)) : Quantity.of(quantity);
  }

  private static void annex(Handle handle, Row row, AnnexLine line) {
    int slash = line.item().id().indexOf('/');
    handle
        .createUpdate(
            """
            UPDATE billing.benefit_item SET base_tiyn = :base, base_version = :version
            WHERE benefit_id = :benefit AND box_id = :box AND item_id = :item
              AND service = :service
            """)
        .bind("base", line.base().amount().tiyn())
        .bind("version", line.base().tariffVersion())
        .bind("benefit", row.id())
        .bind("box", line.item().id().substring(0, slash))
        .bind("item", line.item().id().substring(slash + 1))
        .bind("service", line.item().service().name())
        .execute();
  }

  // ---- rows

  private record Row(
      String id,
      OrganisationId organisation,
      int number,
      int baseNumber,
      BenefitTerms terms,
      Instant grantedAt,
      String grantedBy,
      Optional<Benefit.Confirmation> confirmation,
      Optional<String> failing,
      Optional<Benefit.End> end) {}

  private static BenefitTariff benefitOf(Handle handle, Row row) {
    return row.terms()
        .of(
            UUID.fromString(row.organisation().value()),
            PriceLists.numbered(handle, row.baseNumber()).orElseThrow().tariff().version(),
            row.confirmation().map(Benefit.Confirmation::terms));
  }

  private static Benefit benefit(Handle handle, Row row) {
    return new Benefit(
        row.organisation(),
        row.terms(),
        PriceLists.numbered(handle, row.baseNumber()).orElseThrow(),
        row.grantedAt(),
        row.grantedBy(),
        row.confirmation(),
        holds(handle, row),
        prepaid(handle, row),
        row.failing().map(text -> List.of(text.split("; "))).orElse(List.of()),
        row.end());
  }

  private static Optional<Row> find(Handle handle, String id) {
    return rows(handle, "WHERE b.id = :value", id).stream().findFirst();
  }

  private static List<Row> rows(Handle handle, String where, String value) {
    return handle
        .createQuery(COLUMNS + where)
        .bind("value", value)
        .map((row, _) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    Optional<Instant> conditions = instant(row, "conditions_at_ms");
    Optional<Instant> recalculation = instant(row, "recalculation_at_ms");
    Optional<Instant> ended = instant(row, "ended_at_ms");
    Optional<Benefit.End> end =
        ended.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Benefit.End(ended.get(), Benefit.End.Kind.valueOf(row.getString("end_kind"))));
    Optional<Benefit.Confirmation> confirmation =
        conditions.isEmpty() || recalculation.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Benefit.Confirmation(
                    conditions.get(), recalculation.get(), row.getString("evidence")));
    return new Row(
        row.getString("id"),
        new OrganisationId(row.getString("organisation_id")),
        row.getInt("number"),
        row.getInt("base_number"),
        BenefitTerms.parse(row.getString("terms")),
        Instant.ofEpochMilli(row.getLong("granted_at_ms")),
        row.getString("granted_by"),
        confirmation,
        Optional.ofNullable(row.getString("failing")),
        end);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }

  private void tell(Handle handle, Row row, Code code, String cause, Tenge amount) {
    notices.tell(
        handle,
        row.organisation(),
        new CustomerNotice(code, cause, Optional.of(amount), Optional.empty()));
  }

  private static Optional<DecisionResult.NotPossible> refused(String code, String why) {
    return Optional.of(new DecisionResult.NotPossible(code, why));
  }
}
