package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.PassedCode;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionAnswer;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;

/// Those who ask the provider who called them: passes their codes on, and answers from the call log
/// (AC-WHO-01 to 03). Whatever names a number is sealed for central, and what is told goes by the
/// outbox, so it arrives once. May be used from any thread.
public final class Inquiries implements Codes {

  private static final int MOST_PER_PAGE = 200;

  private final Store store;
  private final Outbox outbox;
  private final WhoCalled whoCalled;
  private final Supplier<Optional<CentralSeal>> seal;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// @param store must have the schemas CALLBACK and OUTBOX
  /// @param seal empty until central has said with what to seal
  public Inquiries(
      Store store,
      Outbox outbox,
      WhoCalled whoCalled,
      Supplier<Optional<CentralSeal>> seal,
      InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.whoCalled = whoCalled;
    this.seal = seal;
    this.clock = clock;
  }

  /// Tells `listener` when somebody asked and was told of a campaign. It must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Future<Void> pass(Msisdn caller, String code) {
    PassedCode passed = new PassedCode(caller, code);
    Optional<CentralSeal> known = seal.get();
    if (known.isEmpty()) {
      return Future.failedFuture(
          new IllegalStateException("central has not said with what to seal"));
    }
    String id = UUID.randomUUID().toString();
    CaseReport report = CaseReport.of(known.get().box(), id, passed, known.get().central());
    return store
        .write(handle -> {
          put(handle, "code/" + id, report);
          return id;
        })
        .mapEmpty();
  }

  /// Answers what was not answered before. Fails while it is not known with what to seal.
  ///
  /// @param questions everything that central has no answer to yet
  public Future<Void> answer(List<Question> questions) {
    Future<Void> done = Future.succeededFuture();
    for (Question question : questions) {
      done = done.compose(_ -> answer(question));
    }
    return done;
  }

  private Future<Void> answer(Question question) {
    return store
        .read(handle -> InquiryTable.isAnswered(handle, question.id()))
        .compose(answered ->
            answered
                ? Future.succeededFuture()
                : whoCalled
                    .between(question.number(), question.from(), question.until())
                    .compose(callers -> answer(question, callers)));
  }

  private Future<Void> answer(Question question, List<WhoCalled.Caller> callers) {
    Optional<CentralSeal> known = seal.get();
    if (known.isEmpty()) {
      return Future.failedFuture(
          new IllegalStateException("central has not said with what to seal"));
    }
    CaseReport report =
        CaseReport.of(
            known.get().box(),
            question.id(),
            new QuestionAnswer(senders(callers)),
            known.get().central());
    return store
        .write(handle -> {
          if (InquiryTable.isAnswered(handle, question.id())) {
            return false;
          }
          Instant now = clock.instant();
          Optional<CampaignId> campaign =
              callers.stream().findFirst().map(newest -> newest.call().campaign());
          boolean calledBack =
              campaign
                  .filter(one ->
                      CallBackTable.calledBack(
                          handle, question.number(), one, now.minus(CallBacks.LATELY)))
                  .isPresent();
          InquiryTable.insert(handle, question.id(), now, campaign, calledBack);
          put(handle, "answer/" + question.id(), report);
          return !callers.isEmpty();
        })
        .onSuccess(news -> {
          if (news) {
            listeners.forEach(Runnable::run);
          }
        })
        .mapEmpty();
  }

  /// Each sender once, by name and contact, with the newest times.
  private static List<QuestionAnswer.Sender> senders(List<WhoCalled.Caller> callers) {
    record Who(String name, String contact) {}
    Map<Who, List<Instant>> times = new LinkedHashMap<>();
    for (WhoCalled.Caller caller : callers) {
      List<Instant> of =
          times.computeIfAbsent(new Who(caller.name(), caller.contact()), _ -> new ArrayList<>());
      if (of.size() < QuestionAnswer.MOST_TIMES) {
        of.add(caller.call().at());
      }
    }
    return times.entrySet().stream()
        .limit(QuestionAnswer.MOST_SENDERS)
        .map(one ->
            new QuestionAnswer.Sender(one.getKey().name(), one.getKey().contact(), one.getValue()))
        .toList();
  }

  /// The id of the message follows from what it tells.
  private void put(Handle handle, String fact, CaseReport report) {
    var unusedNumber =
        outbox.put(
            handle,
            new OutboxMessage(
                UUID.nameUUIDFromBytes(fact.getBytes(StandardCharsets.UTF_8)).toString(),
                TopicKind.CASE.level(),
                report.body()));
  }

  /// Who asked and was told of a campaign of this box, newest first. Of those who were told that
  /// nobody called them, nothing is shown.
  ///
  /// @param page counted from 0
  /// @param size 1 to 200
  public Future<InquiryPage> page(int page, int size) {
    if (page < 0 || size < 1 || size > MOST_PER_PAGE) {
      throw new IllegalArgumentException("no such page: " + page + " of " + size);
    }
    return store.read(handle ->
        new InquiryPage(
            InquiryTable.count(handle), InquiryTable.newest(handle, (long) page * size, size)));
  }
}
