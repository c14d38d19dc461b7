package kz.qonyrau.console;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.uplink.DocumentVerdict;
import kz.qonyrau.uplink.KnownHold;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.uplink.UplinkStatus;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.PinDocument;

/// The line to central as far as the pages show it. Implemented over the uplink, which has the same
/// methods.
public interface CentralLine {

  UplinkStatus status();

  LicenseStanding license();

  /// Empty until the box is enrolled.
  Optional<BoxId> boxId();

  /// By which price list the box rates since when; empty while it holds no pin.
  Optional<PinDocument> pin();

  /// What central granted this box; empty while it holds no lease.
  Optional<LeaseDocument> lease();

  /// Whether that is over.
  boolean leaseHasExpired();

  /// Judges documents that somebody brought in a file. Fails with an `IllegalStateException` while
  /// the box is not enrolled.
  Future<List<DocumentVerdict>> take(DocumentFile file);

  /// All legal holds that there are or were here, the newest first (SH-RET-02).
  Future<List<KnownHold>> holds();

  /// The end of this box, where central has ordered it.
  Optional<Retirement.State> retirement();

  /// Ends the time that the owner has to take his data away.
  ///
  /// @param login the owner's
  Future<Retirement.Confirmation> confirmRetirement(String login);

  /// The listener is told when that begins and goes on; it must not block.
  void onRetirement(Consumer<Retirement.State> listener);

  /// The listener must not block.
  void onChange(Consumer<UplinkStatus> listener);
}
