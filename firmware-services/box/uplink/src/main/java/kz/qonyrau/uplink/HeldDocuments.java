package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.tariffs.InvalidTariffException;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.DocumentInForce;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.QuestionsDocument;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;

/// The signed documents in force on this box (PLT-10). What is read back from the database is
/// checked like what comes from outside.
final class HeldDocuments {

  private final Store store;
  private final BoxId box;
  private final DocumentVerifier provider;
  private final OpeningKey opening;
  private final LegalHolds holds;
  private final InstantSource clock;

  /// @param provider checks who signed them
  /// @param opening opens what is sealed for this box
  /// @param holds does in the same transaction what a license says of them
  HeldDocuments(
      Store store,
      BoxId box,
      DocumentVerifier provider,
      OpeningKey opening,
      LegalHolds holds,
      InstantSource clock) {
    this.store = store;
    this.box = box;
    this.provider = provider;
    this.opening = opening;
    this.holds = holds;
    this.clock = clock;
  }

  /// What became of a document that was offered.
  sealed interface Offer {
    record Accepted(TopicKind kind, long version) implements Offer {}

    record Repeated(TopicKind kind, long version) implements Offer {}

    /// Not taken.
    ///
    /// @param why for the log, in English
    record Refused(DocumentFault fault, String why) implements Offer {}
  }

  /// Stores a document if it is this box's, signed, readable to the last word, and newer than what
  /// is held.
  Future<Offer> offer(SignedDocument document) {
    TopicKind kind;
    HeldDocument offered;
    try {
      kind = kindOf(document);
      offered = check(document);
    } catch (UnfitDocument unfit) {
      return Future.succeededFuture(
          new Offer.Refused(unfit.fault, document.schema() + ": " + unfit.getMessage()));
    }
    return store.write(handle -> replace(handle, kind, offered));
  }

  private static TopicKind kindOf(SignedDocument document) throws UnfitDocument {
    return BoxDocument.kinds().stream()
        .filter(kind -> Schemas.current(kind).equals(document.schema()))
        .findFirst()
        .orElseThrow(
            () -> new UnfitDocument(DocumentFault.UNREADABLE, "document is of an unknown schema"));
  }

  private Offer replace(Handle handle, TopicKind kind, HeldDocument offered) {
    Optional<HeldDocument> held = find(handle, kind);
    return switch (DocumentInForce.judge(held.map(HeldDocument::versioned), offered.versioned())) {
      case DocumentInForce.Verdict.Repeated _ -> new Offer.Repeated(kind, offered.version());
      case DocumentInForce.Verdict.Older(long has, long was) ->
          new Offer.Refused(
              DocumentFault.OLDER,
              kind.level() + ": version " + was + " offered, " + has + " held");
      case DocumentInForce.Verdict.Forked(long version) ->
          new Offer.Refused(
              DocumentFault.FORKED, kind.level() + ": another text under version " + version);
      case DocumentInForce.Verdict.Replace _ -> {
        put(handle, kind, offered.versioned());
        if (offered.document() instanceof LicenseDocument license) {
          holds.follow(handle, license);
        }
        yield new Offer.Accepted(kind, offered.version());
      }
    };
  }

  /// What is held, by kind. A row whose signature does not hold any more counts as nothing held.
  Future<Map<TopicKind, HeldDocument>> all() {
    return store.read(handle -> {
      Map<TopicKind, HeldDocument> held = new EnumMap<>(TopicKind.class);
      for (TopicKind kind : BoxDocument.kinds()) {
        find(handle, kind).ifPresent(document -> held.put(kind, document));
      }
      return held;
    });
  }

  private static final class UnfitDocument extends Exception {
    private static final long serialVersionUID = 1L;

    private final DocumentFault fault;

    UnfitDocument(DocumentFault fault, String why) {
      super(why);
      this.fault = fault;
    }
  }

  private HeldDocument check(SignedDocument signed) throws UnfitDocument {
    if (!signed.isSignedBy(provider)) {
      throw new UnfitDocument(DocumentFault.FORGED, "document is not signed by the provider");
    }
    BoxDocument document;
    try {
      document = BoxDocument.parse(signed);
      if (!document.boxId().equals(box)) {
        throw new UnfitDocument(DocumentFault.ANOTHER_BOX, "document.boxId is another box's");
      }
      requireUsable(document);
    } catch (MalformedMessageException malformed) {
      throw new UnfitDocument(DocumentFault.UNREADABLE, malformed.getMessage());
    }
    return new HeldDocument(signed, document);
  }

  /// A pin is only as good as its price list: one that this version cannot read must not replace
  /// one by which it rates (SH-TAR-17). Blocks that do not open say nothing, and central must not
  /// believe that the box has them.
  private void requireUsable(BoxDocument document) {
    switch (document) {
      case LicenseDocument _, LeaseDocument _, NoticeDocument _ -> {}
      case BlocksDocument blocks -> {
        var _ = blocks.open(opening);
      }
      case QuestionsDocument questions -> {
        var _ = questions.open(opening);
      }
      case PromotionDocument promotions -> {
        var _ = promotions.open(opening);
      }
      case PinDocument pin -> {
        try {
          var _ = Tariff.parse(pin.priceList().getBytes(StandardCharsets.UTF_8));
        } catch (InvalidTariffException invalid) {
          throw new MalformedMessageException(
              "tariff.priceList", String.valueOf(invalid.getMessage()));
        }
      }
    }
  }

  private Optional<HeldDocument> find(Handle handle, TopicKind kind) {
    return handle
        .createQuery("SELECT version, text, signature FROM uplink.document WHERE kind = :kind")
        .bind("kind", kind.level())
        .map((row, _) ->
            new Versioned(
                row.getLong("version"),
                new SignedDocument(
                    Schemas.current(kind), row.getString("text"), row.getString("signature"))))
        .findOne()
        .flatMap(this::sound);
  }

  private Optional<HeldDocument> sound(Versioned row) {
    try {
      return Optional.of(check(row.document())).filter(held -> held.version() == row.version());
    } catch (UnfitDocument _) {
      return Optional.empty();
    }
  }

  private void put(Handle handle, TopicKind kind, Versioned document) {
    handle
        .createUpdate("DELETE FROM uplink.document WHERE kind = :kind")
        .bind("kind", kind.level())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO uplink.document (kind, version, text, signature, received_at_ms)
            VALUES (:kind, :version, :text, :signature, :at)
            """)
        .bind("kind", kind.level())
        .bind("version", document.version())
        .bind("text", document.document().text())
        .bind("signature", document.document().signature())
        .bind("at", clock.instant().toEpochMilli())
        .execute();
  }

  /// The latest time that central vouched for.
  Future<Instant> lastWord() {
    return store.read(handle ->
        Instant.ofEpochMilli(
            handle.createQuery("SELECT last_word_ms FROM uplink.contact").mapTo(Long.class).one()));
  }

  /// Moves that time forward, never back.
  ///
  /// @return whether it moved
  Future<Boolean> hear(Instant word) {
    return store.write(handle ->
        handle
                .createUpdate(
                    "UPDATE uplink.contact SET last_word_ms = :word WHERE last_word_ms < :word")
                .bind("word", word.toEpochMilli())
                .execute()
            > 0);
  }
}
