package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.util.List;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.Question;

/// Who acts on the documents that central sends. Told after a document is stored, and again at each
/// start, so everything must be repeatable. A failed future is answered by telling again a few
/// seconds later.
public interface DocumentListener {

  /// This license is in force. [Uplink#license] judges it.
  Future<Void> onLicense(LicenseDocument license);

  /// This lease is in force: the box may have spent `total` in all since it was enrolled.
  Future<Void> onLease(LeaseDocument lease);

  /// This pin is in force: what begins from now on is rated by its price list, which was read once
  /// and is one (SH-TAR-04).
  Future<Void> onPin(PinDocument pin);

  /// Central says this to the owner: the newest notices, of which some may be known (SH-NOT-01).
  Future<Void> onNotices(NoticeDocument notices);

  /// Central says how complaints stand (AC-SPM-02). It goes on when a heartbeat has told it that
  /// this succeeded.
  ///
  /// @param document as it came, which says with what reports on complaints are sealed
  /// @param directives what was sealed in it; some may be known
  Future<Void> onBlocks(BlocksDocument document, List<BlockDirective> directives);

  /// Subscribers ask this (AC-WHO-03): everything that central has no answer to yet.
  Future<Void> onQuestions(List<Question> questions);

  /// The provider publishes these recordings (SH-NOT-11): everything that is open, and some of what
  /// is over.
  Future<Void> onPromotions(List<PromotedRecording> recordings);
}
