package kz.qonyrau.tariffs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The versions that one account was rated by, one after the other (SH-TAR-03).
///
/// @param pins the oldest first, each set later than the one before and to another version
public record PinHistory(List<Pin> pins) {

  /// An account that was never topped up.
  public static final PinHistory NONE = new PinHistory(List.of());

  /// @throws IllegalArgumentException if the pins are out of order, or one moves nothing
  public PinHistory {
    pins = List.copyOf(pins);
    for (int i = 1; i < pins.size(); i++) {
      Pin before = pins.get(i - 1);
      Pin pin = pins.get(i);
      if (!pin.since().isAfter(before.since())) {
        throw new IllegalArgumentException(
            "pins[" + i + "].since: must be after " + before.since() + ", not " + pin.since());
      }
      if (pin.version().equals(before.version())) {
        throw new IllegalArgumentException(
            "pins[" + i + "].version: is " + pin.version() + " already");
      }
    }
  }

  /// The history once money was credited. Publication alone never comes here: it moves no pin.
  ///
  /// @param creditedAt not before the newest pin
  /// @throws IllegalArgumentException if it is, or nothing was published by then
  public PinHistory credited(CreditKind kind, Catalogue catalogue, Instant creditedAt) {
    if (!kind.movesPin()) {
      return this;
    }
    Pin moved = Pin.afterTopUp(catalogue, creditedAt);
    if (!pins.isEmpty() && pins.getLast().version().equals(moved.version())) {
      return this;
    }
    List<Pin> more = new ArrayList<>(pins);
    more.add(moved);
    return new PinHistory(more);
  }

  /// The pin at the moment that a service was rendered: a part accepted by the network, a call
  /// answered, a second recognised (SH-TAR-04). Empty before the first top-up.
  public Optional<Pin> at(Instant renderedAt) {
    return pins.reversed().stream().filter(pin -> !pin.since().isAfter(renderedAt)).findFirst();
  }

  /// The tariff that rates what is rendered at that moment; empty before the first top-up.
  ///
  /// @throws IllegalArgumentException if the catalogue has no version of the pin's id
  public Optional<Tariff> rating(Catalogue catalogue, Instant renderedAt) {
    return at(renderedAt)
        .map(pin ->
            catalogue
                .find(pin.version())
                .orElseThrow(() ->
                    new IllegalArgumentException("the catalogue has no version " + pin.version())));
  }
}
