package kz.qonyrau.calls;

import io.vertx.core.Context;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.answering.Answer;
import kz.qonyrau.speech.answering.Answer.Reason;
import kz.qonyrau.speech.answering.AnswerDetector;
import kz.qonyrau.speech.answering.Finding;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.vocabulary.CallOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to what the network lets us hear before anybody picks up. An announcement that says why
/// nobody will is not heard out: the call ends there, with the result that was announced
/// (AC-CAL-06).
///
/// Everything but the audio happens on the context of the verticle.
final class BeforeAnswer {

  private static final Logger log = LoggerFactory.getLogger(BeforeAnswer.class);

  private final Context context;
  private final Recognizer recognizer;
  private final CallOrder order;

  private @Nullable AnswerDetector detector;
  private Optional<WhoAnswered> announced = Optional.empty();
  private Optional<CallOutcome> meaning = Optional.empty();
  private boolean closed;

  BeforeAnswer(Context context, Recognizer recognizer, CallOrder order) {
    this.context = context;
    this.recognizer = recognizer;
    this.order = order;
  }

  /// Where a call goes as soon as there is something to hear; empty if nobody asks who answers.
  Optional<Consumer<RingingCall>> sink() {
    return order.machines() == MachineRule.CARRY_ON ? Optional.empty() : Optional.of(this::listen);
  }

  private void listen(RingingCall ringing) {
    context.runOnContext(_ -> {
      if (!closed) {
        AnswerDetector judging =
            Detectors.start(
                recognizer, order, finding -> context.runOnContext(_ -> find(finding, ringing)));
        detector = judging;
        ringing.onAudio(judging::feed);
      }
    });
  }

  /// Nothing is listened to any more. To be called once it is known what became of the call.
  void close() {
    closed = true;
    AnswerDetector judging = detector;
    if (judging != null) {
      judging.close();
    }
  }

  /// What was announced; empty if nothing was understood.
  Optional<WhoAnswered> announced() {
    return announced;
  }

  /// The result of a call that nobody answered. What the network said by its codes holds where the
  /// code is about this subscriber; of the codes that may mean anything, the announcement knows
  /// better.
  CallOutcome outcome(DialOutcome.Unanswered dialled) {
    return switch (dialled) {
      case DialOutcome.NoAnswer _, DialOutcome.Unreachable _, DialOutcome.OperatorFailure _ ->
          meaning.orElse(dialled.outcome());
      case DialOutcome.Busy _, DialOutcome.Rejected _, DialOutcome.InvalidNumber _ ->
          dialled.outcome();
    };
  }

  private void find(Finding finding, RingingCall ringing) {
    if (closed
        || !(finding instanceof Finding.Verdict verdict)
        || !(verdict.answer() instanceof Answer.Announcement(Reason reason))) {
      return;
    }
    announced = Optional.of(WhoAnswered.of(verdict));
    meaning = meaningOf(reason);
    log.atInfo()
        .addKeyValue("call", order.id())
        .addKeyValue("reason", reason)
        .addKeyValue("evidence", verdict.evidence())
        .log("announced before the answer");
    if (meaning.isPresent()) {
      ringing.giveUp();
    }
  }

  /// Empty if it may mean anything: the call goes on.
  private static Optional<CallOutcome> meaningOf(Reason reason) {
    return switch (reason) {
      case UNAVAILABLE, OFF_OR_OUT_OF_COVERAGE -> Optional.of(CallOutcome.UNREACHABLE);
      case DOES_NOT_EXIST -> Optional.of(CallOutcome.INVALID_NUMBER);
      case BARRED -> Optional.of(CallOutcome.REJECTED);
      case BUSY -> Optional.of(CallOutcome.BUSY);
      case NO_ANSWER -> Optional.of(CallOutcome.NO_ANSWER);
      case CONGESTION -> Optional.of(CallOutcome.OPERATOR_FAILURE);
      case UNKNOWN -> Optional.empty();
    };
  }
}
