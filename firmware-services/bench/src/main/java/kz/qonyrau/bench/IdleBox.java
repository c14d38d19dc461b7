package kz.qonyrau.bench;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.uplink.DocumentListener;
import kz.qonyrau.uplink.Orders;
import kz.qonyrau.uplink.Purse;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.Question;
import org.jdbi.v3.core.Handle;

/// What is behind a line to central when nothing but the line is measured: no money, no campaigns.
final class IdleBox implements DocumentListener, Purse, Orders {

  @Override
  public Future<Void> onLicense(LicenseDocument license) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onLease(LeaseDocument lease) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onPin(PinDocument pin) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onNotices(NoticeDocument notices) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onBlocks(BlocksDocument document, List<BlockDirective> directives) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onQuestions(List<Question> questions) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> onPromotions(List<PromotedRecording> recordings) {
    return Future.succeededFuture();
  }

  @Override
  public Posting post(Handle handle, LeaseDocument lease) {
    return new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO);
  }

  @Override
  public Tenge giveBack(Handle handle, String id) {
    return Tenge.ZERO;
  }

  @Override
  public BookStatement statement(Handle handle, BookStatement.Cause cause, long leaseVersion) {
    return new BookStatement(
        cause,
        leaseVersion,
        Tenge.ZERO,
        Tenge.ZERO,
        Tenge.ZERO,
        Tenge.ZERO,
        Tenge.ZERO,
        0,
        "0".repeat(64));
  }

  @Override
  public Future<?> pauseCampaigns(CommandDocument command, Instant at, Answer answer) {
    return nobodyOrders();
  }

  @Override
  public Future<?> resumeCampaigns(
      CommandDocument command, Optional<Instant> pausedAt, Answer answer) {
    return nobodyOrders();
  }

  @Override
  public Future<Map<String, String>> diagnostics() {
    return nobodyOrders();
  }

  @Override
  public Future<?> restart(CommandDocument command) {
    return nobodyOrders();
  }

  @Override
  public void erase(String commandId) {
    throw new UnsupportedOperationException("nothing is ordered here");
  }

  private static <T> Future<T> nobodyOrders() {
    return Future.failedFuture(new UnsupportedOperationException("nothing is ordered here"));
  }
}
