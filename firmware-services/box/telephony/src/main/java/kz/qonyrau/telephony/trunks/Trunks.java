package kz.qonyrau.telephony.trunks;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.Work;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk.Suspension;
import kz.qonyrau.telephony.trunks.TrunkTable.TakenOver;
import kz.qonyrau.vocabulary.Msisdn;

/// The box's trunks as they are kept: set up by technicians, suspended by the provider.
///
/// Safe to use from any thread.
public final class Trunks {

  /// So many trunks a box has at most.
  public static final int MOST = 20;

  private final Store store;
  private final TrunkTable table;
  private final int mostChannels;
  private final List<Msisdn> ofSettings;
  private final List<Consumer<List<Trunk>>> listeners = new CopyOnWriteArrayList<>();

  /// @param store must have the schema TELEPHONY
  /// @param mostChannels how many calls at once the box has ports for
  /// @param numbers that the box's settings let it show
  public Trunks(Store store, PasswordSeal seal, int mostChannels, List<Msisdn> numbers) {
    this.store = store;
    this.table = new TrunkTable(seal);
    this.mostChannels = mostChannels;
    this.ofSettings = List.copyOf(numbers);
  }

  /// Tells `listener` what trunks there are after each change. It must not block.
  public void onChange(Consumer<List<Trunk>> listener) {
    listeners.add(listener);
  }

  /// The one who sets up a box says in its settings which trunk it has; it is taken over once, and
  /// from then on the table rules, even if technicians remove it. A carrier that moves in the
  /// settings moves here, too, unless a technician has moved it already.
  ///
  /// @return whether anything was taken over now
  public Future<Boolean> takeOver(TrunkTerms first) {
    return write(
        handle -> {
          Optional<TakenOver> before = table.takenOver(handle);
          if (before.filter(known -> known.isWhere(first)).isPresent()) {
            return false;
          }
          TrunkId id = before.map(TakenOver::trunk).orElseGet(TrunkId::random);
          table.noteTakeOver(handle, new TakenOver(id, first.host(), first.port()));
          if (before.isEmpty()) {
            table.insert(handle, new Trunk(id, first, Optional.empty(), true, 0));
            return true;
          }
          Optional<Trunk> untouched =
              table.find(handle, id).filter(trunk -> before.get().isWhere(trunk.terms()));
          untouched.ifPresent(trunk ->
              table.update(
                  handle,
                  new Trunk(
                      id,
                      trunk.terms().movedTo(first.host(), first.port()),
                      trunk.suspension(),
                      trunk.mayShow(),
                      trunk.changes() + 1)));
          return untouched.isPresent();
        },
        taken -> taken);
  }

  /// All of them, in the order in which they are asked.
  public Future<List<Trunk>> all() {
    return store.read(table::all);
  }

  public Future<Optional<Trunk>> find(TrunkId id) {
    return store.read(handle -> table.find(handle, id));
  }

  public Future<TrunkResult> add(TrunkTerms terms) {
    return write(handle -> {
      List<Trunk> others = table.all(handle);
      if (others.size() >= MOST) {
        return new TrunkResult.TooManyTrunks(MOST);
      }
      Trunk fresh = new Trunk(TrunkId.random(), terms, Optional.empty(), true, 0);
      return refusal(others, fresh)
          .orElseGet(() -> {
            table.insert(handle, fresh);
            return new TrunkResult.Done(table.find(handle, fresh.id()).orElseThrow());
          });
    });
  }

  /// Changes what people decide of a trunk.
  ///
  /// @param seen the count of changes that whoever decided had before his eyes
  public Future<TrunkResult> change(TrunkId id, long seen, TrunkTerms terms) {
    return write(handle -> {
      Optional<Trunk> before = table.find(handle, id);
      if (before.isEmpty()) {
        return new TrunkResult.NoSuchTrunk();
      }
      if (before.get().changes() != seen) {
        return new TrunkResult.ChangedMeanwhile(before.get());
      }
      Trunk next = new Trunk(id, terms, before.get().suspension(), true, seen + 1);
      List<Trunk> others =
          table.all(handle).stream().filter(other -> !other.id().equals(id)).toList();
      return refusal(others, next)
          .orElseGet(() -> {
            table.update(handle, next);
            return new TrunkResult.Done(table.find(handle, id).orElseThrow());
          });
    });
  }

  private Optional<TrunkResult> refusal(List<Trunk> others, Trunk next) {
    int channels = next.terms().enabled() ? next.terms().channelLimit() : 0;
    for (Trunk other : others) {
      if (other.terms().name().equalsIgnoreCase(next.terms().name())) {
        return Optional.of(new TrunkResult.NameTaken(other.id()));
      }
      channels += other.terms().enabled() ? other.terms().channelLimit() : 0;
    }
    return channels > mostChannels
        ? Optional.of(new TrunkResult.TooManyChannels(mostChannels))
        : Optional.empty();
  }

  /// Forgets a trunk. One that the provider has suspended stays, so that nobody opens it by setting
  /// it up anew.
  public Future<TrunkResult> remove(TrunkId id) {
    return write(handle -> {
      Optional<Trunk> before = table.find(handle, id);
      if (before.isEmpty()) {
        return new TrunkResult.NoSuchTrunk();
      }
      if (before.get().suspension().isPresent()) {
        return new TrunkResult.Suspended(before.get());
      }
      var _ = table.delete(handle, id);
      return new TrunkResult.Done(before.get());
    });
  }

  /// What the provider's word has changed.
  public record Suspended(List<Trunk> shut, List<Trunk> opened) {

    public Suspended {
      shut = List.copyOf(shut);
      opened = List.copyOf(opened);
    }

    private boolean isSomething() {
      return !shut.isEmpty() || !opened.isEmpty();
    }
  }

  /// Has these trunks shut, whatever technicians do, and all others open (EX-SUS-1). Repeating it
  /// changes nothing. Trunks that are not there are left out.
  ///
  /// @param suspensions all that are in force
  public Future<Suspended> suspend(Map<TrunkId, Suspension> suspensions) {
    return write(
        handle -> {
          List<Trunk> shut = new ArrayList<>();
          List<Trunk> opened = new ArrayList<>();
          for (Trunk trunk : table.all(handle)) {
            Optional<Suspension> wanted = Optional.ofNullable(suspensions.get(trunk.id()));
            if (!trunk.suspension().equals(wanted)) {
              table.setSuspension(handle, trunk.id(), wanted);
              (wanted.isPresent() ? shut : opened).add(trunk);
            }
          }
          return new Suspended(shut, opened);
        },
        Suspended::isSomething);
  }

  /// The numbers that this box may show (AC-CAL-03): what the provider has assigned to it, or while
  /// he has not assigned any, what its settings say.
  public Future<List<Msisdn>> pool() {
    return store.read(table::pool).map(assigned -> assigned.orElse(ofSettings));
  }

  /// Takes over what the provider has assigned. A trunk that shows another number takes no calls
  /// until a technician gives it one of these. Repeating it changes nothing.
  ///
  /// @param numbers empty if he never assigned any
  /// @return whether that is news
  public Future<Boolean> assign(Optional<List<Msisdn>> numbers) {
    return write(
        handle -> {
          if (table.pool(handle).equals(numbers)) {
            return false;
          }
          table.setPool(handle, numbers);
          return true;
        },
        changed -> changed);
  }

  private record Outcome<T>(T result, Optional<List<Trunk>> now) {}

  private Future<TrunkResult> write(Work<TrunkResult> work) {
    return write(work, result -> result instanceof TrunkResult.Done);
  }

  /// Listeners hear of changes in the order in which they were written.
  private <T> Future<T> write(Work<T> work, Predicate<T> changes) {
    return store
        .write(handle -> {
          T result = work.run(handle);
          return new Outcome<>(
              result, changes.test(result) ? Optional.of(table.all(handle)) : Optional.empty());
        })
        .map(outcome -> {
          outcome.now().ifPresent(now -> listeners.forEach(listener -> listener.accept(now)));
          return outcome.result();
        });
  }
}
