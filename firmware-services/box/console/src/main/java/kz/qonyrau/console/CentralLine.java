package kz.qonyrau.console;

import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.uplink.UplinkStatus;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.LicenseStanding;

/// The line to central as far as the pages show it. Implemented over the uplink, which has the same
/// methods.
public interface CentralLine {

  UplinkStatus status();

  LicenseStanding license();

  /// Empty until the box is enrolled.
  Optional<BoxId> boxId();

  /// The listener must not block.
  void onChange(Consumer<UplinkStatus> listener);
}
