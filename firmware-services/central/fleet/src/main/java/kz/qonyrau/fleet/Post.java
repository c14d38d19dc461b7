package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Receipt;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends to boxes. Nothing here is kept: what matters is sent again when a box says by a heartbeat
/// that it lacks it.
final class Post {

  private static final Logger log = LoggerFactory.getLogger(Post.class);

  private final Store store;
  private final Documents documents;
  private final DocumentSigner signer;
  private final InstantSource clock;
  private final AtomicReference<Downlink> downlink =
      new AtomicReference<>((_, _) -> Future.failedFuture("central has no broker yet"));

  Post(Store store, Documents documents, DocumentSigner signer, InstantSource clock) {
    this.store = store;
    this.documents = documents;
    this.signer = signer;
    this.clock = clock;
  }

  void connect(Downlink way) {
    downlink.set(way);
  }

  /// Puts the documents in force on the box's retained topics. Nobody waits for it.
  void documents(BoxId box) {
    var _ =
        store
            .read(handle -> documents.inForce(handle, box))
            .compose(
                inForce -> Future.all(inForce.stream().map(one -> document(box, one)).toList()))
            .onFailure(failure ->
                log.atWarn()
                    .addKeyValue("box", box)
                    .addKeyValue("why", failure.getMessage())
                    .log("documents wait for the box's next heartbeat"));
  }

  private Future<Void> document(BoxId box, SignedDocument document) {
    return send(box, Schemas.kindOf(document.schema()), document.schema(), document.body());
  }

  /// Sends a command. It is not retained: a box that is away for longer than it is good never gets
  /// it.
  Future<Void> command(BoxId box, SignedDocument command) {
    return send(box, TopicKind.COMMAND, Schemas.COMMAND, command.body());
  }

  /// Tells a box what is stored for good. A receipt that gets lost is asked for again by sending
  /// the messages again.
  Future<Void> receipts(BoxId box, Collection<String> msgIds) {
    List<String> ids = List.copyOf(msgIds);
    List<Future<Void>> sent = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += Receipt.MOST) {
      Receipt receipt = new Receipt(ids.subList(from, Math.min(ids.size(), from + Receipt.MOST)));
      sent.add(send(box, TopicKind.RECEIPT, Schemas.RECEIPT, receipt.body()));
    }
    return Future.all(sent).mapEmpty();
  }

  private Future<Void> send(BoxId box, TopicKind kind, String schema, String body) {
    Envelope envelope =
        Envelope.sign(UUID.randomUUID().toString(), box, 0, clock.instant(), schema, body, signer);
    return downlink.get().publish(new Topic(box, kind), envelope.bytes());
  }
}
