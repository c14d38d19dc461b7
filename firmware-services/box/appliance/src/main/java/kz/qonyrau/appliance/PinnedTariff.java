package kz.qonyrau.appliance;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.wire.PinDocument;
import org.jspecify.annotations.Nullable;

/// The price list by which whatever begins now is rated: that of the pin that is held, or the
/// settings' file while there is none (SH-TAR-03). Whoever takes it keeps it to the end of what he
/// rates (SH-TAR-04). May be used from any thread.
final class PinnedTariff implements Supplier<Tariff> {

  private record Rates(PinDocument pin, Tariff tariff) {}

  private final Supplier<Optional<PinDocument>> pin;
  private final Tariff withoutPin;
  private final AtomicReference<@Nullable Rates> read = new AtomicReference<>();

  /// @param pin what is held; its price list was found readable before it was put in force
  PinnedTariff(Supplier<Optional<PinDocument>> pin, Tariff withoutPin) {
    this.pin = pin;
    this.withoutPin = withoutPin;
  }

  @Override
  public Tariff get() {
    Optional<PinDocument> held = pin.get();
    return held.isEmpty() ? withoutPin : tariffOf(held.get());
  }

  /// Read once for each pin, not once for each call.
  private Tariff tariffOf(PinDocument held) {
    Rates known = read.get();
    if (known != null && known.pin().version() == held.version()) {
      return known.tariff();
    }
    Tariff tariff = Tariff.parse(held.priceList().getBytes(StandardCharsets.UTF_8));
    read.set(new Rates(held, tariff));
    return tariff;
  }
}
