package kz.qonyrau.uplink;

import static kz.qonyrau.uplink.Patience.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Store;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicensePolicy;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TopicKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in the documents of central, and the time that central vouches for, and has the box act on
/// what is new until it has done so.
///
/// What is in force may be asked for on any thread, and never blocks. All that takes something in
/// or tells is for the uplink's thread.
final class DocumentDesk {

  private static final Logger log = LoggerFactory.getLogger(DocumentDesk.class);
  private static final Duration TELL_AGAIN = Duration.ofSeconds(5);

  private final HeldDocuments documents;
  private final LicensePolicy policy;
  private final InstantSource clock;
  private final StatusBoard status;
  private final Runnable news;
  private final AtomicReference<Held> held;

  // Touched by the uplink's thread only.
  private final Set<TopicKind> toTell = EnumSet.noneOf(TopicKind.class);
  private final Due telling = new Due();

  /// What is in force, as of one moment.
  private record Held(Map<TopicKind, HeldDocument> documents, Instant lastWord) {
    Optional<HeldDocument> find(TopicKind kind) {
      return Optional.ofNullable(documents.get(kind));
    }

    <T extends BoxDocument> Optional<T> read(TopicKind kind, Class<T> type) {
      return find(kind).map(HeldDocument::document).map(type::cast);
    }
  }

  private DocumentDesk(
      HeldDocuments documents,
      LicensePolicy policy,
      InstantSource clock,
      StatusBoard status,
      Runnable news,
      Held held) {
    this.documents = documents;
    this.policy = policy;
    this.clock = clock;
    this.status = status;
    this.news = news;
    this.held = new AtomicReference<>(held);
    this.toTell.addAll(held.documents().keySet());
  }

  /// Reads what this box holds; all of it is to be told.
  ///
  /// @param store with the schemas UPLINK and AUDIT
  /// @param news called on the uplink's thread when central should hear of what is in force here:
  ///   another document is, or the box has done what central waits for before it says more
  static DocumentDesk open(
      Store store, BoxIdentity box, InstantSource clock, StatusBoard status, Runnable news)
      throws TimeoutException {
    HeldDocuments documents =
        new HeldDocuments(
            store,
            box.id(),
            box.provider(),
            box.opening(),
            new LegalHolds(new AuditLog(store, clock), clock),
            clock);
    Held held = new Held(Map.copyOf(await(documents.all())), await(documents.lastWord()));
    LicensePolicy policy = new LicensePolicy(box.id(), box.provider());
    return new DocumentDesk(documents, policy, clock, status, news, held);
  }

  // ---- what is in force

  LicenseStanding license() {
    Held now = held.get();
    return policy.at(
        clock.instant(), now.lastWord(), now.find(TopicKind.LICENCE).map(HeldDocument::signed));
  }

  Optional<PinDocument> pin() {
    return held.get().read(TopicKind.TARIFF, PinDocument.class);
  }

  Optional<LeaseDocument> lease() {
    return held.get().read(TopicKind.LEASE, LeaseDocument.class);
  }

  boolean leaseHasExpired() {
    return lease().filter(lease -> !latest().isBefore(lease.expires())).isPresent();
  }

  /// What was last said of complaints.
  Optional<BlocksDocument> blocks() {
    return held.get().read(TopicKind.BLOCKLIST, BlocksDocument.class);
  }

  /// Of which version the document of this kind is; 0 where none is held.
  long version(TopicKind kind) {
    return held.get().find(kind).map(HeldDocument::version).orElse(0L);
  }

  /// The latest time that central vouched for, to a minute.
  Instant lastWord() {
    return held.get().lastWord();
  }

  /// What the clock says, or central's last word if that is later.
  Instant latest() {
    Instant now = clock.instant();
    Instant word = lastWord();
    return now.isBefore(word) ? word : now;
  }

  // ---- taking in

  /// Takes note of a time that central vouches for.
  void hear(Instant word) throws TimeoutException {
    Held before = held.get();
    // Once a minute is often enough to notice a clock that was turned back.
    if (word.isAfter(before.lastWord().plusSeconds(60)) && await(documents.hear(word))) {
      held.set(new Held(before.documents(), word));
    }
  }

  /// Takes a document that came over the line.
  ///
  /// @throws MalformedMessageException if it is none of the kind that this version reads
  void receive(TopicKind kind, Envelope envelope) throws TimeoutException {
    if (!envelope.schema().equals(Schemas.current(kind))) {
      throw new MalformedMessageException("envelope.schema", "is not known here");
    }
    HeldDocuments.Offer offer;
    try {
      offer = await(documents.offer(SignedDocument.parse(envelope.schema(), envelope.body())));
    } catch (MalformedMessageException malformed) {
      offer = new HeldDocuments.Offer.Refused(DocumentFault.UNREADABLE, malformed.getMessage());
    }
    takeNote(offer);
  }

  /// Judges documents that somebody brought in a file, each as if it came over the line, save that
  /// the verdict is for him and not for the line's status.
  ///
  /// @return what became of them, in their order
  List<DocumentVerdict> judge(DocumentFile file) throws TimeoutException {
    List<DocumentVerdict> verdicts = new ArrayList<>();
    for (SignedDocument document : file.documents()) {
      HeldDocuments.Offer offer = await(documents.offer(document));
      verdicts.add(new DocumentVerdict(document.schema(), outcome(offer)));
      if (offer instanceof HeldDocuments.Offer.Accepted) {
        takeNote(offer);
      }
    }
    // A lease was granted at a time that has passed, whatever this box's clock says.
    Optional<Instant> granted = lease().map(LeaseDocument::issuedAt);
    if (granted.isPresent()) {
      hear(granted.get());
    }
    return List.copyOf(verdicts);
  }

  private static DocumentVerdict.Outcome outcome(HeldDocuments.Offer offer) {
    return switch (offer) {
      case HeldDocuments.Offer.Accepted _ -> DocumentVerdict.Outcome.IN_FORCE;
      case HeldDocuments.Offer.Repeated _ -> DocumentVerdict.Outcome.HELD;
      case HeldDocuments.Offer.Refused(DocumentFault fault, String _) ->
          switch (fault) {
            case FORGED -> DocumentVerdict.Outcome.FORGED;
            case ANOTHER_BOX -> DocumentVerdict.Outcome.ANOTHER_BOX;
            case UNREADABLE -> DocumentVerdict.Outcome.UNREADABLE;
            case OLDER -> DocumentVerdict.Outcome.OLDER;
            case FORKED -> DocumentVerdict.Outcome.FORKED;
          };
    };
  }

  private void takeNote(HeldDocuments.Offer offer) throws TimeoutException {
    switch (offer) {
      case HeldDocuments.Offer.Accepted(TopicKind kind, long version) -> {
        Map<TopicKind, HeldDocument> all = await(documents.all());
        held.set(new Held(Map.copyOf(all), lastWord()));
        toTell.add(kind);
        telling.atOnce();
        news.run();
        log.atInfo()
            .addKeyValue("kind", kind.level())
            .addKeyValue("version", version)
            .log("document in force");
      }
      case HeldDocuments.Offer.Repeated _ -> {}
      case HeldDocuments.Offer.Refused(DocumentFault fault, String why) -> {
        log.atWarn().addKeyValue("fault", fault).addKeyValue("why", why).log("document refused");
        status.showFault(fault.code());
      }
    }
  }

  // ---- telling

  /// Whether the box has acted on everything that is in force.
  boolean isAllTold() {
    return toTell.isEmpty();
  }

  /// Whether the box has acted on what is held of this kind since this start, if anything is. For
  /// the uplink's thread only.
  boolean isActedOn(TopicKind kind) {
    return !toTell.contains(kind);
  }

  /// Has the box act on what is new. What fails is told again a few seconds later.
  ///
  /// @param act acts on a document; may be repeated
  void tellIfDue(Function<BoxDocument, Future<Void>> act) {
    if (isAllTold() || !telling.isNow()) {
      return;
    }
    telling.in(TELL_AGAIN);
    for (TopicKind kind : Set.copyOf(toTell)) {
      try {
        Optional<HeldDocument> document = held.get().find(kind);
        if (document.isPresent()) {
          var _ = await(act.apply(document.get().document()));
        }
        toTell.remove(kind);
        if (kind == TopicKind.BLOCKLIST) {
          news.run();
        }
      } catch (Exception failure) { // A future's failure comes as it is.
        log.atWarn()
            .addKeyValue("kind", kind.level())
            .setCause(failure)
            .log("a document could not be acted on; it is told again");
      }
    }
  }
}
