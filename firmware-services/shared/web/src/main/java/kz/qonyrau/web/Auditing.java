package kz.qonyrau.web;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that nothing happens behind a door that the audit log does not know (PLT-18).
final class Auditing {

  private static final Logger log = LoggerFactory.getLogger(Auditing.class);

  /// A player asks for a recording piece by piece; that is one playback.
  private static final Duration ONE_PLAYBACK = Duration.ofMinutes(5);

  /// Whoever asks again and again for what is not allowed cannot fill the disk with it.
  private static final int REFUSALS = 20;

  private final AuditLog audit;
  private final AuditTable table;
  private final Throttle playbacks;
  private final Throttle refusals;

  Auditing(AuditLog audit, AuditTable table, InstantSource clock) {
    this.audit = audit;
    this.table = table;
    this.playbacks = new Throttle(clock, 1, ONE_PLAYBACK);
    this.refusals = new Throttle(clock, REFUSALS, Duration.ofMinutes(10));
  }

  /// Runs an endpoint after the log knows of it. If the log cannot be written, nothing is done.
  Answer answer(Asked asked, Endpoint endpoint) throws Exception {
    Optional<Act> act = table.act(asked);
    if (act.isEmpty() || (table.isInPieces(asked.operationId()) && isGoingOn(act.get()))) {
      return answerUntold(asked, endpoint);
    }
    long line = audit.begin(act.get()).await();
    try {
      return answerUntold(asked, endpoint);
    } catch (Problem problem) {
      audit.end(line, problem.code()).await();
      throw problem;
    } catch (Exception | Error failure) {
      audit.end(line, "FAULT").await();
      throw failure;
    }
  }

  private boolean isGoingOn(Act playback) {
    return playbacks
        .take(playback.actor().login() + " " + playback.action() + " " + playback.object())
        .isPresent();
  }

  private Answer answerUntold(Asked asked, Endpoint endpoint) throws Exception {
    try {
      return endpoint.answer(asked);
    } catch (Problem problem) {
      if (problem.isMisuse()) {
        refused(asked.actor(), AuditAction.MISUSE_REFUSED, asked.operationId(), problem.code());
      }
      throw problem;
    }
  }

  /// Somebody asked for what the role does not include.
  void notAllowed(Actor actor, String operation) {
    refused(actor, AuditAction.NOT_ALLOWED, operation, "");
  }

  /// Nothing happened, so nobody waits for the line.
  private void refused(Actor actor, AuditAction action, String operation, String detail) {
    if (refusals.take(actor.login()).isPresent()) {
      return;
    }
    audit
        .begin(new Act(actor, action, "operation/" + operation, "", detail))
        .onFailure(
            failure -> log.atError().setCause(failure).log("a refusal could not be audited"));
  }
}
