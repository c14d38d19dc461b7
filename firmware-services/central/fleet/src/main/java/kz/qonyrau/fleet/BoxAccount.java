package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The row of a box as far as money and documents go.
///
/// @param target how much it should have at once
/// @param total everything that was granted, less what was taken back
/// @param returned everything that it gave back of its own accord
/// @param used everything that it reported as spent
/// @param notices how many there are for the customer
/// @param noticesTold how many there were when the newest document of them was issued
/// @param behind what its newest lease says that the customer has besides
/// @param pinSince since when the pin rates that its newest tariff document names
record BoxAccount(
    BoxId box,
    OrganisationId organisation,
    boolean refused,
    Tenge target,
    Tenge total,
    Tenge returned,
    Tenge used,
    long licenseVersion,
    long leaseVersion,
    long tariffVersion,
    Optional<Instant> leaseExpires,
    Tenge behind,
    Optional<Instant> pinSince,
    long noticeVersion,
    long noticesTold,
    long notices) {

  private static final String COLUMNS =
      """
      SELECT b.id, b.organisation_id, b.revoked_at_ms, b.lease_target_tiyn, b.lease_total_tiyn,
        b.returned_tiyn, b.used_tiyn, b.license_version, b.lease_version, b.tariff_version,
        b.lease_expires_ms, b.lease_behind_tiyn, b.pin_since_ms, b.notice_version, b.notices_told, o.notices
      FROM fleet.box b JOIN fleet.organisation o ON o.id = b.organisation_id
      """;

  static Optional<BoxAccount> find(Handle handle, BoxId box) {
    return handle
        .createQuery(COLUMNS + "WHERE b.id = :box")
        .bind("box", box.value())
        .map((row, _) -> from(row))
        .findOne();
  }

  static List<BoxAccount> of(Handle handle, OrganisationId organisation) {
    return handle
        .createQuery(
            COLUMNS + "WHERE b.organisation_id = :organisation ORDER BY b.enrolled_at_ms, b.id")
        .bind("organisation", organisation.value())
        .map((row, _) -> from(row))
        .list();
  }

  /// What is set aside for the box and not reported as spent: its wallet in central's book.
  Tenge left() {
    return total.minus(returned).minus(used);
  }

  /// Whether so little is left that the lease is to be renewed (SH-BAL-15: 30 %).
  boolean isLow() {
    return left().tiyn() * 10 <= target.tiyn() * 3;
  }

  /// Whether what the box believes to lie behind its lease is off by half or more, so that it would
  /// warn of a low balance where there is none, or not warn of one (SH-BAL-18).
  boolean isWrongAbout(Tenge free) {
    long told = behind.tiyn();
    return leaseVersion > 0
        && target.isPositive()
        && (free.tiyn() / 2 > told || free.tiyn() < told / 2);
  }

  /// Whether the customer was told something that no document for this box has.
  boolean lacksNotices() {
    return noticesTold < notices;
  }

  private static BoxAccount from(ResultSet row) throws SQLException {
    return new BoxAccount(
        new BoxId(row.getString("id")),
        new OrganisationId(row.getString("organisation_id")),
        instant(row, "revoked_at_ms").isPresent(),
        new Tenge(row.getLong("lease_target_tiyn")),
        new Tenge(row.getLong("lease_total_tiyn")),
        new Tenge(row.getLong("returned_tiyn")),
        new Tenge(row.getLong("used_tiyn")),
        row.getLong("license_version"),
        row.getLong("lease_version"),
        row.getLong("tariff_version"),
        instant(row, "lease_expires_ms"),
        new Tenge(row.getLong("lease_behind_tiyn")),
        instant(row, "pin_since_ms"),
        row.getLong("notice_version"),
        row.getLong("notices_told"),
        row.getLong("notices"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }
}
