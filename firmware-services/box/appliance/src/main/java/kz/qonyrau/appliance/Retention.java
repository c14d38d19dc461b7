package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.recordings.DerivedContent;
import kz.qonyrau.recordings.PurgeRecord;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.store.HeldPeriods;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.PurgeWitness;
import kz.qonyrau.store.Purged;
import kz.qonyrau.vocabulary.AstanaTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what has been kept for as long as it is to be kept, and writes the proof of it into the
/// audit log, which cannot be changed unseen (SH-RET-01). Nothing goes while the clock is not
/// believed, as nothing may go too early (SH-RET-03, PLT-15), and nothing that a legal hold keeps;
/// when that is lifted, the next look deletes what is overdue, and the proof names the hold
/// (SH-RET-02).
final class Retention {

  /// For so long it is known who was called, and who called back: to answer claims, and those who
  /// ask who called them. Days are Astana's.
  static final Period NUMBERS = Period.ofMonths(12);

  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final Actor BOX = Actor.program("box");

  private final Calls calls;
  private final Campaigns campaigns;
  private final CallBacks callBacks;
  private final Recordings recordings;
  private final DerivedContent transcripts;
  private final AuditLog audit;
  private final HeldPeriods held;
  private final BooleanSupplier clockIsTrusted;
  private final InstantSource clock;

  /// @param transcripts deleted with the recordings that they were made of
  /// @param held of what nothing may be deleted; the recordings know it themselves
  Retention(
      Calls calls,
      Campaigns campaigns,
      CallBacks callBacks,
      Recordings recordings,
      DerivedContent transcripts,
      AuditLog audit,
      HeldPeriods held,
      BooleanSupplier clockIsTrusted,
      InstantSource clock) {
    this.calls = calls;
    this.campaigns = campaigns;
    this.callBacks = callBacks;
    this.recordings = recordings;
    this.transcripts = transcripts;
    this.audit = audit;
    this.held = held;
    this.clockIsTrusted = clockIsTrusted;
    this.clock = clock;
  }

  /// Deletes what is overdue. What fails is in the log, and the next look makes up for it.
  ///
  /// @return how many entries are gone, recordings included
  Future<Integer> look() {
    if (!clockIsTrusted.getAsBoolean()) {
      log.atWarn().log("nothing is deleted while the clock is not believed");
      return Future.succeededFuture(0);
    }
    Overdue overdue = new Overdue(clock, Retention::limit, held);
    PurgeWitness proof =
        (handle, what) -> {
          var unusedLine = audit.begin(handle, act(what));
        };
    return tried("recordings", recordings.purgeOverdue(transcripts).compose(this::kept))
        .compose(
            sum -> tried("call log", calls.forgetNumbers(overdue, proof)).map(more -> sum + more))
        .compose(
            sum -> tried("people", campaigns.forgetPeople(overdue, proof)).map(more -> sum + more))
        .compose(
            sum -> tried("call-backs", callBacks.purge(overdue, proof)).map(more -> sum + more));
  }

  /// Up to when numbers are forgotten at a moment.
  static Instant limit(Instant now) {
    return AstanaTime.instantOf(AstanaTime.dateOf(now).minus(NUMBERS).atStartOfDay());
  }

  /// Their own book has the proof already; the log shows it to people.
  private Future<Integer> kept(Optional<PurgeRecord> proof) {
    return proof
        .map(one ->
            audit
                .begin(
                    act(
                        new Purged(
                            "RECORDINGS",
                            one.count(),
                            one.oldest(),
                            one.newest(),
                            one.sha256(),
                            one.keptBy())))
                .map(one.count()))
        .orElseGet(() -> Future.succeededFuture(0));
  }

  private static Act act(Purged what) {
    String proof =
        "class=%s count=%d from=%s to=%s sha256=%s"
            .formatted(what.what(), what.count(), what.oldest(), what.newest(), what.sha256());
    String kept = what.keptBy().isEmpty() ? "" : " keptByHold=" + String.join(",", what.keptBy());
    return new Act(BOX, AuditAction.DATA_PURGED, "", "", proof + kept);
  }

  private static Future<Integer> tried(String what, Future<Integer> deletion) {
    return deletion
        .onSuccess(count -> {
          if (count > 0) {
            log.atInfo().addKeyValue("what", what).addKeyValue("count", count).log("time was over");
          }
        })
        .recover(failure -> {
          log.atError().addKeyValue("what", what).setCause(failure).log("what is overdue stays");
          return Future.succeededFuture(0);
        });
  }
}
