package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentInForce;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
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
  private final InstantSource clock;

  HeldDocuments(Store store, BoxId box, DocumentVerifier provider, InstantSource clock) {
    this.store = store;
    this.box = box;
    this.provider = provider;
    this.clock = clock;
  }

  /// What became of a document that central sent.
  sealed interface Offer {
    record Accepted(long version) implements Offer {}

    record Repeated() implements Offer {}

    /// Not taken; `code` says why.
    record Refused(String code, String why) implements Offer {}
  }

  /// Stores a document if it is this box's, signed, and newer than what is held.
  Future<Offer> offer(TopicKind kind, String schema, String body) {
    Versioned offered;
    try {
      offered = check(kind, SignedDocument.parse(schema, body));
    } catch (MalformedMessageException malformed) {
      return Future.succeededFuture(
          new Offer.Refused("DOCUMENT_REFUSED", kind.level() + ": " + malformed.getMessage()));
    }
    return store.write(handle -> replace(handle, kind, offered));
  }

  private Offer replace(Handle handle, TopicKind kind, Versioned offered) {
    Optional<Versioned> held = find(handle, kind);
    return switch (DocumentInForce.judge(held, offered)) {
      case DocumentInForce.Verdict.Repeated _ -> new Offer.Repeated();
      case DocumentInForce.Verdict.Older(long has, long was) ->
          new Offer.Refused(
              "DOCUMENT_OLDER", kind.level() + ": version " + was + " offered, " + has + " held");
      case DocumentInForce.Verdict.Forked(long version) ->
          new Offer.Refused(
              "DOCUMENT_FORKED", kind.level() + ": another text under version " + version);
      case DocumentInForce.Verdict.Replace _ -> {
        put(handle, kind, offered, held.isPresent());
        yield new Offer.Accepted(offered.version());
      }
    };
  }

  /// What is held, by kind. A row whose signature does not hold any more counts as nothing held.
  Future<Map<TopicKind, Versioned>> all() {
    return store.read(handle -> {
      Map<TopicKind, Versioned> held = new EnumMap<>(TopicKind.class);
      for (TopicKind kind : new TopicKind[] {TopicKind.LICENCE, TopicKind.LEASE}) {
        find(handle, kind)
            .filter(document -> isSound(kind, document))
            .ifPresent(document -> held.put(kind, document));
      }
      return held;
    });
  }

  private boolean isSound(TopicKind kind, Versioned document) {
    try {
      return check(kind, document.document()).version() == document.version();
    } catch (MalformedMessageException _) {
      return false;
    }
  }

  private Versioned check(TopicKind kind, SignedDocument document) {
    if (!document.isSignedBy(provider)) {
      throw new MalformedMessageException("document", "is not signed by the provider");
    }
    record Facts(BoxId box, long version) {}
    Facts facts;
    if (kind == TopicKind.LICENCE) {
      LicenseDocument license = LicenseDocument.parse(document);
      facts = new Facts(license.boxId(), license.version());
    } else {
      LeaseDocument lease = LeaseDocument.parse(document);
      facts = new Facts(lease.boxId(), lease.version());
    }
    if (!facts.box().equals(box)) {
      throw new MalformedMessageException("document.boxId", "is another box's");
    }
    return new Versioned(facts.version(), document);
  }

  private static Optional<Versioned> find(Handle handle, TopicKind kind) {
    return handle
        .createQuery("SELECT version, text, signature FROM uplink.document WHERE kind = :kind")
        .bind("kind", kind.level())
        .map((row, _) ->
            new Versioned(
                row.getLong("version"),
                new SignedDocument(
                    Schemas.current(kind), row.getString("text"), row.getString("signature"))))
        .findOne();
  }

  private void put(Handle handle, TopicKind kind, Versioned document, boolean replaces) {
    handle
        .createUpdate(
            replaces
                ? """
                UPDATE uplink.document
                SET version = :version, text = :text, signature = :signature, received_at_ms = :at
                WHERE kind = :kind
                """
                : """
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
