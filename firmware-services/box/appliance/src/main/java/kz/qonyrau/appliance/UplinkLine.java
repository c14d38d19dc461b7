package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.console.CentralLine;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.uplink.DocumentVerdict;
import kz.qonyrau.uplink.KnownHold;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.uplink.Uplink;
import kz.qonyrau.uplink.UplinkStatus;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.PinDocument;

/// Introduces the uplink to the pages.
record UplinkLine(Uplink uplink) implements CentralLine {

  @Override
  public UplinkStatus status() {
    return uplink.status();
  }

  @Override
  public LicenseStanding license() {
    return uplink.license();
  }

  @Override
  public Optional<BoxId> boxId() {
    return uplink.identity().map(BoxIdentity::id);
  }

  @Override
  public Optional<PinDocument> pin() {
    return uplink.pin();
  }

  @Override
  public Optional<LeaseDocument> lease() {
    return uplink.lease();
  }

  @Override
  public boolean leaseHasExpired() {
    return uplink.leaseHasExpired();
  }

  @Override
  public Future<List<DocumentVerdict>> take(DocumentFile file) {
    return uplink.take(file);
  }

  @Override
  public Future<List<KnownHold>> holds() {
    return uplink.holds();
  }

  @Override
  public Optional<Retirement.State> retirement() {
    return uplink.retirement().state();
  }

  @Override
  public Future<Retirement.Confirmation> confirmRetirement(String login) {
    return uplink.retirement().confirm(login);
  }

  @Override
  public void onRetirement(Consumer<Retirement.State> listener) {
    uplink.retirement().onChange(listener);
  }

  @Override
  public void onChange(Consumer<UplinkStatus> listener) {
    uplink.onChange(listener);
  }
}
