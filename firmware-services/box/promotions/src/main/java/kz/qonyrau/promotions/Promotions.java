package kz.qonyrau.promotions;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import kz.qonyrau.promotions.PublishedRecording.Request;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.ReportedWithdrawal;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;

/// Which recordings of this box the provider publishes, as central says, and how the owner
/// withdraws his consent (SH-NOT-11, AC-REC-06). What is withdrawn here stays so; that it is in
/// force only central says.
///
/// Each step is one transaction with what central is told of it, and everything may be repeated.
/// Safe to use from any thread.
public final class Promotions {

  /// So many are listed.
  public static final int MOST_LISTED = 200;

  private static final int REPORTED_AT_ONCE = 50;

  private final Store store;
  private final Outbox outbox;
  private final Supplier<Optional<CentralSeal>> seal;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// The published recordings of a box.
  ///
  /// @param store must have the schemas PROMOTION and OUTBOX
  /// @param seal empty until central has said with what to seal; withdrawals wait until then. Asked
  ///   inside of transactions, so it answers at once
  public Promotions(
      Store store, Outbox outbox, Supplier<Optional<CentralSeal>> seal, InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.seal = seal;
    this.clock = clock;
  }

  /// Tells `listener` when something is known or asked that was not. It must not block.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /// Takes in what central says: everything that is open. Of what it does not name any more,
  /// nothing is published. What is known changes nothing.
  public Future<Void> take(List<PromotedRecording> told) {
    return store
        .write(handle -> {
          boolean news = false;
          Set<String> ids = new HashSet<>();
          for (PromotedRecording one : told) {
            ids.add(one.id());
            Optional<PublishedRecording> known = PromotionTable.find(handle, one.id());
            if (known.filter(same -> same.named() && same.told().equals(one)).isEmpty()) {
              PromotionTable.put(handle, one, known.isPresent());
              news = true;
            }
          }
          for (PublishedRecording before : PromotionTable.named(handle)) {
            if (!ids.contains(before.told().id())) {
              PromotionTable.setUnnamed(handle, before.told().id());
              news = true;
            }
          }
          return news;
        })
        .onSuccess(news -> {
          if (news) {
            changed();
          }
        })
        .mapEmpty();
  }

  /// The owner withdraws his consent. Central is told once, as soon as it can be.
  ///
  /// @param id which consent
  /// @param by the login of who says so
  public Future<WithdrawalResult> withdraw(String id, String by) {
    return store
        .write(handle -> withdraw(handle, id, by))
        .onSuccess(result -> {
          if (result instanceof WithdrawalResult.Asked) {
            changed();
          }
        });
  }

  private WithdrawalResult withdraw(Handle handle, String id, String by) {
    Optional<PublishedRecording> found = PromotionTable.find(handle, id);
    if (found.isEmpty()) {
      return new WithdrawalResult.NoSuchConsent();
    }
    PublishedRecording known = found.get();
    return switch (known.state()) {
      case ASKED -> new WithdrawalResult.Asked(known);
      case TO_REMOVE, ENDED -> new WithdrawalResult.Withdrawn(known);
      case STANDING -> {
        PublishedRecording asked =
            new PublishedRecording(
                known.told(),
                known.named(),
                Optional.of(new Request(clock.instant().truncatedTo(ChronoUnit.MILLIS), by)));
        PromotionTable.ask(handle, id, asked.request().orElseThrow());
        seal.get().ifPresent(central -> report(handle, asked, central));
        yield new WithdrawalResult.Asked(asked);
      }
    };
  }

  /// Queues what central could not be told yet, because it had not said how.
  public Future<Void> tellWhatWaits() {
    if (seal.get().isEmpty()) {
      return Future.succeededFuture();
    }
    return store
        .read(handle -> !PromotionTable.unreported(handle, 1).isEmpty())
        .compose(some -> some ? store.write(this::tellSome) : Future.succeededFuture(0))
        .compose(told -> told == REPORTED_AT_ONCE ? tellWhatWaits() : Future.succeededFuture());
  }

  private int tellSome(Handle handle) {
    Optional<CentralSeal> known = seal.get();
    if (known.isEmpty()) {
      return 0;
    }
    List<PublishedRecording> waiting = PromotionTable.unreported(handle, REPORTED_AT_ONCE);
    waiting.forEach(one -> report(handle, one, known.get()));
    return waiting.size();
  }

  /// The id of the message follows from what it tells.
  private void report(Handle handle, PublishedRecording asked, CentralSeal central) {
    String id = asked.told().id();
    Request request = asked.request().orElseThrow();
    CaseReport report =
        CaseReport.of(
            central.box(),
            id,
            new ReportedWithdrawal(request.at(), request.by()),
            central.central());
    var unusedNumber =
        outbox.put(
            handle,
            new OutboxMessage(
                UUID.nameUUIDFromBytes(("withdrawal/" + id).getBytes(StandardCharsets.UTF_8))
                    .toString(),
                TopicKind.CASE.level(),
                report.body()));
    PromotionTable.setReported(handle, id);
  }

  /// What is known of the recording of a call, the newest consent first.
  public Future<List<PublishedRecording>> of(CallId call) {
    return store.read(handle -> PromotionTable.of(handle, call));
  }

  /// What is known of all recordings, the newest consent first, at most [#MOST_LISTED].
  public Future<List<PublishedRecording>> newest() {
    return store.read(handle -> PromotionTable.newest(handle, MOST_LISTED));
  }
}
