package kz.qonyrau.cases;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.cases.PromotionResult.Refusal;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.PromotionOutlet;
import kz.qonyrau.wire.ReportedWithdrawal;
import org.jdbi.v3.core.Handle;

/// Which recordings of customers the provider publishes, and by which consent (SH-NOT-11,
/// AC-REC-06). A recording is published only while the consent of its customer stands, and where
/// that allows it. One that is withdrawn stays so, and everything is removed within [#REMOVAL].
///
/// What is said twice changes nothing the second time. Every method may be called from any thread,
/// save those with a handle, which run in the caller's transaction.
public final class Promotions {

  /// How long there is to remove what was published, from the withdrawal on.
  public static final Duration REMOVAL = Duration.ofDays(3);

  private static final int ALARMS_AT_ONCE = 100;

  private final Store store;
  private final BiFunction<Handle, BoxId, Optional<OrganisationId>> owners;
  private final OpeningKey key;
  private final InstantSource clock;
  private final List<Consumer<BoxId>> listeners = new CopyOnWriteArrayList<>();

  /// The register.
  ///
  /// @param owners says whose a box is, in the caller's transaction
  /// @param key opens what boxes report
  public Promotions(
      Store store,
      BiFunction<Handle, BoxId, Optional<OrganisationId>> owners,
      OpeningKey key,
      InstantSource clock) {
    this.store = store;
    this.owners = owners;
    this.key = key;
    this.clock = clock;
  }

  /// Tells `listener` of which box something has changed, on whatever thread changed it. It must
  /// not block.
  public void onChange(Consumer<BoxId> listener) {
    listeners.add(listener);
  }

  /// Says that something has changed of this box.
  public void changed(BoxId box) {
    listeners.forEach(listener -> listener.accept(box));
  }

  // ---- staff

  /// Writes down that a customer consented.
  ///
  /// @param by the login of who does
  public Future<PromotionResult> enter(Promotion.Consent consent, String by) {
    Texts.require("by", by, 100);
    return write(handle -> enter(handle, consent, by));
  }

  private PromotionResult enter(Handle handle, Promotion.Consent given, String by) {
    Promotion.Consent consent = inMillis(given);
    Instant now = now();
    Optional<OrganisationId> owner = owners.apply(handle, consent.box());
    if (owner.isEmpty()) {
      return refused(Refusal.NO_SUCH_BOX);
    }
    if (consent.givenAt().isAfter(now)) {
      return refused(Refusal.IN_THE_FUTURE);
    }
    Optional<Promotion> known = PromotionTable.of(handle, consent.message());
    if (known.isPresent()) {
      return again(known.get(), consent);
    }
    List<Promotion> open = PromotionTable.openOf(handle, consent.box());
    if (open.stream()
        .anyMatch(one ->
            one.state() == PromotionState.STANDING
                && one.consent().call().equals(consent.call()))) {
      return refused(Refusal.CONSENT_STANDS);
    }
    Promotion fresh =
        new Promotion(
            UUID.randomUUID().toString(),
            owner.get(),
            consent,
            by,
            now,
            PromotionState.STANDING,
            Optional.empty(),
            List.of());
    if (!fits(open, fresh)) {
      return refused(Refusal.BOX_FULL);
    }
    PromotionTable.insert(handle, fresh);
    return new PromotionResult.Done(fresh);
  }

  private static Promotion.Consent inMillis(Promotion.Consent given) {
    return new Promotion.Consent(
        given.box(),
        given.call(),
        given.message(),
        given.givenAt().truncatedTo(ChronoUnit.MILLIS),
        given.givenBy(),
        given.allowed());
  }

  private static PromotionResult again(Promotion known, Promotion.Consent consent) {
    if (!known.consent().equals(consent)) {
      return refused(Refusal.MESSAGE_TAKEN);
    }
    return known.state() == PromotionState.STANDING
        ? new PromotionResult.Done(known)
        : refused(Refusal.WITHDRAWN);
  }

  /// Whether the box can still be told of everything that is open.
  private static boolean fits(List<Promotion> open, Promotion changed) {
    List<PromotedRecording> all = new ArrayList<>();
    open.stream().filter(one -> !one.id().equals(changed.id())).forEach(one -> all.add(one.told()));
    all.add(changed.told());
    return PromotionDocument.fit(all);
  }

  /// What staff writes down of a publication.
  ///
  /// @param place an address or the name of a place, 1 to [PromotedRecording#LONGEST_PLACE]
  public record PublicationOrder(PromotionOutlet outlet, String place, Instant at) {

    /// @throws IllegalArgumentException if the place is out of its range
    public PublicationOrder {
      Texts.require("place", place, PromotedRecording.LONGEST_PLACE);
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// Writes down that a recording was published.
  ///
  /// @param by the login of who does
  public Future<PromotionResult> publish(String id, PublicationOrder order, String by) {
    Texts.require("by", by, 100);
    return write(handle ->
        PromotionTable.find(handle, id)
            .map(known -> publish(handle, known, order, by))
            .orElseGet(() -> refused(Refusal.NO_SUCH_PROMOTION)));
  }

  private PromotionResult publish(
      Handle handle, Promotion known, PublicationOrder order, String by) {
    Optional<Promotion.Publication> there =
        known.publications().stream()
            .filter(one -> one.removal().isEmpty() && one.place().equals(order.place()))
            .findFirst();
    if (there.isPresent()) {
      boolean same = there.get().at().equals(order.at()) && there.get().outlet() == order.outlet();
      return same ? new PromotionResult.Done(known) : refused(Refusal.PUBLISHED_THERE);
    }
    Optional<Refusal> refusal = refusal(known, order);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Promotion.Publication publication =
        new Promotion.Publication(
            UUID.randomUUID().toString(),
            order.outlet(),
            order.place(),
            order.at(),
            by,
            Optional.empty());
    List<Promotion.Publication> all = new ArrayList<>(known.publications());
    all.add(publication);
    Promotion next =
        new Promotion(
            known.id(),
            known.organisation(),
            known.consent(),
            known.enteredBy(),
            known.enteredAt(),
            known.state(),
            known.withdrawal(),
            all);
    if (!fits(PromotionTable.openOf(handle, known.consent().box()), next)) {
      return refused(Refusal.BOX_FULL);
    }
    PromotionTable.publish(handle, known.id(), all.size(), publication);
    return new PromotionResult.Done(next);
  }

  private Optional<Refusal> refusal(Promotion known, PublicationOrder order) {
    if (known.state() != PromotionState.STANDING) {
      return Optional.of(Refusal.WITHDRAWN);
    }
    if (!known.consent().allowed().contains(order.outlet())) {
      return Optional.of(Refusal.BEYOND_THE_CONSENT);
    }
    if (order.at().isAfter(now())) {
      return Optional.of(Refusal.IN_THE_FUTURE);
    }
    if (order.at().isBefore(known.consent().givenAt())) {
      return Optional.of(Refusal.BEFORE_THE_CONSENT);
    }
    return known.publications().size() >= PromotedRecording.MOST_PUBLICATIONS
        ? Optional.of(Refusal.TOO_MANY_PUBLICATIONS)
        : Optional.empty();
  }

  /// Writes down that a customer told staff that he does not consent any more. The time to remove
  /// runs from when he did. One that was withdrawn before stays as it is.
  ///
  /// @param asked who said so, 1 to 200 characters
  /// @param at when he did
  /// @param by the login of who writes it down
  public Future<PromotionResult> withdraw(String id, String asked, Instant at, String by) {
    Texts.require("askedBy", asked, 200);
    Texts.require("by", by, 100);
    Instant from = at.truncatedTo(ChronoUnit.MILLIS);
    return write(handle -> {
      Optional<Promotion> known = PromotionTable.find(handle, id);
      if (known.isEmpty()) {
        return refused(Refusal.NO_SUCH_PROMOTION);
      }
      if (known.get().state() != PromotionState.STANDING) {
        return new PromotionResult.Done(known.get());
      }
      if (from.isAfter(now())) {
        return refused(Refusal.IN_THE_FUTURE);
      }
      if (from.isBefore(known.get().consent().givenAt())) {
        return refused(Refusal.BEFORE_THE_CONSENT);
      }
      withdraw(handle, known.get(), from, asked, by);
      return done(handle, id);
    });
  }

  private void withdraw(Handle handle, Promotion known, Instant from, String asked, String by) {
    PromotionTable.withdraw(
        handle,
        known.id(),
        new Promotion.Withdrawal(from, asked, by, now(), from.plus(REMOVAL)),
        known.isPublished() ? PromotionState.TO_REMOVE : PromotionState.ENDED);
  }

  /// Writes down that a publication was taken down, whether the consent stands or not.
  ///
  /// @param at when it was
  /// @param by the login of who writes it down
  public Future<PromotionResult> remove(String id, String publicationId, Instant at, String by) {
    Texts.require("by", by, 100);
    Instant removedAt = at.truncatedTo(ChronoUnit.MILLIS);
    return write(handle ->
        PromotionTable.find(handle, id)
            .map(known -> remove(handle, known, publicationId, removedAt, by))
            .orElseGet(() -> refused(Refusal.NO_SUCH_PROMOTION)));
  }

  private PromotionResult remove(
      Handle handle, Promotion known, String publicationId, Instant at, String by) {
    Optional<Promotion.Publication> found =
        known.publications().stream().filter(one -> one.id().equals(publicationId)).findFirst();
    if (found.isEmpty()) {
      return refused(Refusal.NO_SUCH_PUBLICATION);
    }
    if (found.get().removal().isPresent()) {
      return new PromotionResult.Done(known);
    }
    if (at.isAfter(now())) {
      return refused(Refusal.IN_THE_FUTURE);
    }
    if (at.isBefore(found.get().at())) {
      return refused(Refusal.BEFORE_THE_PUBLICATION);
    }
    PromotionTable.remove(handle, publicationId, new Promotion.Removal(at, by));
    boolean last =
        known.publications().stream().filter(one -> one.removal().isEmpty()).count() == 1;
    if (last && known.state() == PromotionState.TO_REMOVE) {
      PromotionTable.end(handle, known.id());
    }
    return done(handle, known.id());
  }

  private static PromotionResult done(Handle handle, String id) {
    return new PromotionResult.Done(PromotionTable.find(handle, id).orElseThrow());
  }

  private static PromotionResult refused(Refusal why) {
    return new PromotionResult.Refused(why);
  }

  private Future<PromotionResult> write(Function<Handle, PromotionResult> step) {
    return store
        .write(step::apply)
        .onSuccess(result -> {
          if (result instanceof PromotionResult.Done(Promotion promotion)) {
            changed(promotion.consent().box());
          }
        });
  }

  /// What the database keeps of a time.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  // ---- looking

  /// A page of consents.
  ///
  /// @param total how many there are in all
  public record Page(long total, List<Promotion> promotions) {

    public Page {
      promotions = List.copyOf(promotions);
    }
  }

  /// Consents: first what is to be removed, by when it is due, so that what is overdue comes first
  /// of all; then what stands, then what is over, the newest first.
  ///
  /// @param state only those that stand so
  /// @param organisation only this customer's
  /// @param page counted from 0
  /// @param size 1 to 200
  public Future<Page> page(
      Optional<PromotionState> state, Optional<OrganisationId> organisation, int page, int size) {
    if (page < 0 || size < 1 || size > 200) {
      throw new IllegalArgumentException("no such page: " + page + " of " + size);
    }
    PromotionTable.Wanted wanted = new PromotionTable.Wanted(state, organisation);
    return store.read(handle ->
        new Page(
            PromotionTable.count(handle, wanted),
            PromotionTable.page(handle, wanted, (long) page * size, size)));
  }

  /// One consent with its publications.
  public Future<Optional<Promotion>> find(String id) {
    return store.read(handle -> PromotionTable.find(handle, id));
  }

  // ---- boxes

  /// Opens what a box reported.
  ///
  /// @throws MalformedMessageException if it was not sealed for us by this box, or anything is
  ///   wrong with it
  public ReportedWithdrawal open(BoxId box, CaseReport report) {
    return report.withdrawal(box, key);
  }

  /// Takes what a box reported. It counts from when it comes: central's clock counts, and not the
  /// box's. Whoever commits it says [#changed] then.
  ///
  /// @param id which consent
  public Taken take(Handle handle, BoxId box, String id, ReportedWithdrawal said) {
    Optional<Promotion> known = PromotionTable.find(handle, id);
    if (known.isEmpty()) {
      return Taken.UNKNOWN_CASE;
    }
    if (!known.get().consent().box().equals(box)) {
      return Taken.FOREIGN_CASE;
    }
    if (known.get().state() != PromotionState.STANDING) {
      return Taken.KNOWN;
    }
    withdraw(handle, known.get(), now(), said.by(), "");
    return Taken.NOTED;
  }

  /// What a box is to know, as much as goes into one [PromotionDocument]: everything that is open,
  /// and of what is over the newest.
  public List<PromotedRecording> recordings(Handle handle, BoxId box) {
    List<PromotedRecording> all = new ArrayList<>();
    PromotionTable.openOf(handle, box).forEach(one -> all.add(one.told()));
    PromotionTable.endedOf(handle, box, PromotionDocument.MOST).forEach(one -> all.add(one.told()));
    return PromotionDocument.fitting(all);
  }

  /// Those whose time to remove is over, each once: whoever is told of them raises the alarm in the
  /// same transaction.
  public List<Promotion> alarming(Handle handle) {
    return PromotionTable.alarming(handle, now(), ALARMS_AT_ONCE);
  }
}
