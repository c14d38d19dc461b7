package kz.qonyrau.uplink;

import static kz.qonyrau.uplink.Patience.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.QuestionsDocument;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an enrolled box owes central: money goes where the lease says, the book is stated each day
/// and after a long absence, orders are carried out, and the box ends where that was ordered.
///
/// For the uplink's thread only, save [#owesCredit].
final class Obligations {

  private static final Logger log = LoggerFactory.getLogger(Obligations.class);
  private static final Duration WORK = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /// How often money that came free is taken back for a lease that shrank.
  private static final Duration POST_AGAIN = Duration.ofSeconds(10);

  private final BoxIdentity box;
  private final DocumentDesk documents;
  private final Duties duties;
  private final CreditLine credit;
  private final Commands commands;
  private final Retirement retirement;
  private final Outgoing outgoing;
  private final StatusBoard status;
  private final Due work = new Due();
  private final Due posting = new Due();
  private Optional<LocalDate> stated = Optional.empty();
  private boolean erasing;

  Obligations(
      BoxIdentity box,
      DocumentDesk documents,
      Duties duties,
      CreditLine credit,
      Commands commands,
      Retirement retirement,
      Outgoing outgoing,
      StatusBoard status) {
    this.box = box;
    this.documents = documents;
    this.duties = duties;
    this.credit = credit;
    this.commands = commands;
    this.retirement = retirement;
    this.outgoing = outgoing;
    this.status = status;
  }

  /// Whether a lease took back money that calls still hold. Answers at once, on any thread.
  boolean owesCredit() {
    return credit.owes();
  }

  /// Acts on a document in force. A lease is posted before the rest of the box hears of it.
  Future<Void> act(BoxDocument document) {
    DocumentListener listener = duties.documents();
    return switch (document) {
      case LicenseDocument license -> listener.onLicense(license);
      case LeaseDocument lease -> credit.apply().compose(_ -> listener.onLease(lease));
      case PinDocument pin -> listener.onPin(pin);
      case NoticeDocument notices -> listener.onNotices(notices);
      case BlocksDocument blocks -> listener.onBlocks(blocks, blocks.open(box.opening()));
      case QuestionsDocument questions -> listener.onQuestions(questions.open(box.opening()));
      case PromotionDocument promotions -> listener.onPromotions(promotions.open(box.opening()));
    };
  }

  /// Tells central how the book stands, because the box was away for long.
  void stateAfterAbsence() {
    if (retirement.isAnswered()) {
      return;
    }
    try {
      var _ = await(credit.state(Cause.RECONNECT));
    } catch (Exception failure) { // A future's failure comes as it is.
      log.atWarn().setCause(failure).log("could not tell central how the book stands");
    }
  }

  /// Takes an order that came over the line.
  void receive(Envelope envelope) throws TimeoutException {
    try {
      if (!envelope.schema().equals(Schemas.COMMAND)) {
        throw new MalformedMessageException("envelope.schema", "is not known here");
      }
      SignedDocument document = SignedDocument.parse(Schemas.COMMAND, envelope.body());
      if (!document.isSignedBy(box.provider())) {
        throw new MalformedMessageException("command", "is not signed by the provider");
      }
      CommandDocument.Outline outline = CommandDocument.outline(document);
      if (!outline.boxId().equals(box.id())) {
        throw new MalformedMessageException("command.boxId", "is another box's");
      }
      Instant now = documents.latest();
      var _ = await(commands.take(outline, envelope.ts().isAfter(now) ? envelope.ts() : now));
      work.atOnce();
    } catch (MalformedMessageException malformed) {
      log.atWarn().addKeyValue("why", malformed.getMessage()).log("an order is ignored");
      status.showFault("DOCUMENT_REFUSED");
    }
  }

  /// Once a second: the day's statement, money to take back, orders, the end of this box.
  ///
  /// @param refused whether central did not let this box in the last time it came
  void workIfDue(boolean refused) {
    if (!work.isNow()) {
      return;
    }
    work.in(WORK);
    LocalDate today = AstanaTime.dateOf(documents.latest());
    try {
      if (!stated.equals(Optional.of(today)) && documents.isAllTold() && !retirement.isAnswered()) {
        var _ = await(credit.stateDaily(today));
        stated = Optional.of(today);
        outgoing.lookSoon();
      }
      if (credit.owes() && posting.isNow()) {
        posting.in(POST_AGAIN);
        var _ = await(credit.apply());
      }
      var _ = await(commands.carryOutNext(documents.latest()));
      if (retirement.isUnderWay() && !erasing) {
        retire(refused);
      }
    } catch (Exception failure) { // A future's failure comes as it is.
      log.atWarn().setCause(failure).log("money and orders are looked after again");
      work.in(AFTER_FAILURE);
    }
  }

  private void retire(boolean refused) throws TimeoutException {
    boolean erase = await(commands.retire(refused));
    Optional<Retirement.State> now = retirement.state();
    if (erase && now.isPresent()) {
      duties.orders().erase(now.get().commandId());
      erasing = true;
    }
  }
}
