package kz.qonyrau.uplink;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// How the line is, for whoever looks or listens. Written on the uplink's thread, where listeners
/// are told too; read on any.
final class StatusBoard {

  private final InstantSource clock;
  private final AtomicReference<UplinkStatus> status;
  private final List<Consumer<UplinkStatus>> listeners = new CopyOnWriteArrayList<>();

  StatusBoard(InstantSource clock) {
    this.clock = clock;
    this.status =
        new AtomicReference<>(
            new UplinkStatus(
                UplinkState.NOT_ENROLLED, clock.instant(), 0, Optional.empty(), Optional.empty()));
  }

  UplinkStatus get() {
    return status.get();
  }

  UplinkState state() {
    return get().state();
  }

  void onChange(Consumer<UplinkStatus> listener) {
    listeners.add(listener);
  }

  /// Shows this state, and nothing that is wrong.
  void show(UplinkState state) {
    show(state, Optional.empty());
  }

  /// Shows this state, and a code of what is wrong.
  void show(UplinkState state, String fault) {
    show(state, Optional.of(fault));
  }

  /// Shows a code of what is wrong; the state stays.
  void showFault(String fault) {
    show(state(), Optional.of(fault));
  }

  private void show(UplinkState state, Optional<String> fault) {
    UplinkStatus old = get();
    if (old.state() == state && old.fault().equals(fault)) {
      return;
    }
    publish(
        new UplinkStatus(
            state,
            old.state() == state ? old.since() : clock.instant(),
            old.outboxDepth(),
            old.lastReceipt(),
            fault));
  }

  /// Shows how many messages wait for central.
  void showDepth(long depth) {
    UplinkStatus old = get();
    if (depth != old.outboxDepth()) {
      publish(new UplinkStatus(old.state(), old.since(), depth, old.lastReceipt(), old.fault()));
    }
  }

  /// Shows that central has acknowledged so many messages just now.
  void showReceipt(int messages) {
    UplinkStatus old = get();
    publish(
        new UplinkStatus(
            old.state(),
            old.since(),
            Math.max(0, old.outboxDepth() - messages),
            Optional.of(clock.instant()),
            old.fault()));
  }

  private void publish(UplinkStatus now) {
    status.set(now);
    listeners.forEach(listener -> listener.accept(now));
  }
}
