package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import kz.qonyrau.uplink.DocumentListener;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log, the campaigns and the owner's notices of documents that came into force. Who
/// rates, dials or pays asks the uplink itself, each time.
final class DocumentsInForce implements DocumentListener {

  private static final Logger log = LoggerFactory.getLogger(DocumentsInForce.class);

  private final AtomicReference<Supplier<Future<Void>>> onLicense =
      new AtomicReference<>(Future::succeededFuture);
  private final AtomicReference<Runnable> onLease = new AtomicReference<>(() -> {});
  private final AtomicReference<Function<NoticeDocument, Future<Void>>> onNotices =
      new AtomicReference<>(_ -> Future.succeededFuture());

  private final AtomicReference<Function<List<BlockDirective>, Future<Void>>> onBlocks =
      new AtomicReference<>(_ -> Future.succeededFuture());

  private final AtomicReference<Function<List<Question>, Future<Void>>> onQuestions =
      new AtomicReference<>(_ -> Future.succeededFuture());

  private final AtomicReference<Function<List<PromotedRecording>, Future<Void>>> onPromotions =
      new AtomicReference<>(_ -> Future.succeededFuture());

  /// Does this whenever a license comes into force.
  void onLicense(Supplier<Future<Void>> look) {
    onLicense.set(look);
  }

  /// Does this whenever a lease is in force and posted. It must not block.
  void onLease(Runnable look) {
    onLease.set(look);
  }

  /// Has whatever central tells the owner taken in by this.
  void onNotices(Function<NoticeDocument, Future<Void>> take) {
    onNotices.set(take);
  }

  /// Has whatever central says of complaints obeyed by this.
  void onBlocks(Function<List<BlockDirective>, Future<Void>> obey) {
    onBlocks.set(obey);
  }

  /// Has whatever subscribers ask answered by this.
  void onQuestions(Function<List<Question>, Future<Void>> answer) {
    onQuestions.set(answer);
  }

  /// Has whatever central says of published recordings taken in by this.
  void onPromotions(Function<List<PromotedRecording>, Future<Void>> take) {
    onPromotions.set(take);
  }

  @Override
  public Future<Void> onLicense(LicenseDocument license) {
    log.atInfo()
        .addKeyValue("version", license.version())
        .addKeyValue("expires", license.expires())
        .addKeyValue("modules", license.modules())
        .addKeyValue("suspensions", license.suspensions().size())
        .log("license in force");
    return onLicense.get().get();
  }

  @Override
  public Future<Void> onLease(LeaseDocument lease) {
    log.atInfo()
        .addKeyValue("version", lease.version())
        .addKeyValue("total", lease.total())
        .addKeyValue("behind", lease.behind())
        .addKeyValue("expires", lease.expires())
        .log("lease in force");
    onLease.get().run();
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onPin(PinDocument pin) {
    log.atInfo()
        .addKeyValue("version", pin.version())
        .addKeyValue("since", pin.since())
        .log("price list in force");
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onNotices(NoticeDocument notices) {
    log.atInfo()
        .addKeyValue("version", notices.version())
        .addKeyValue("count", notices.notices().size())
        .log("notices of central");
    return onNotices.get().apply(notices);
  }

  @Override
  public Future<Void> onBlocks(BlocksDocument document, List<BlockDirective> directives) {
    log.atInfo()
        .addKeyValue("version", document.version())
        .addKeyValue("count", directives.size())
        .log("how complaints stand, by central");
    return onBlocks.get().apply(directives);
  }

  @Override
  public Future<Void> onQuestions(List<Question> questions) {
    log.atInfo().addKeyValue("count", questions.size()).log("what subscribers ask, by central");
    return onQuestions.get().apply(questions);
  }

  @Override
  public Future<Void> onPromotions(List<PromotedRecording> recordings) {
    log.atInfo().addKeyValue("count", recordings.size()).log("published recordings, by central");
    return onPromotions.get().apply(recordings);
  }
}
