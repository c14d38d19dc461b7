package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.Pinned;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Keeps what a box holds true to what its customer has: renews the lease when 30 % of it or of its
/// time is left, and hands on the price list that pins the customer, what he is told, whom he has
/// to leave alone, what subscribers ask, and which of his recordings are published (SH-BAL-15,
/// SH-TAR-17, SH-NOT-01, AC-SPM-02, AC-WHO-03, SH-NOT-11).
///
/// It looks at how things are and not at what happened, so it may be asked at any time, and an
/// event that was lost in a crash does no harm: the next heartbeat asks again.
final class Upkeep {

  private static final String BY = "upkeep";

  private final Documents documents;
  private final Wallets wallets;
  private final Billing billing;
  private final Blocklists blocklists;
  private final Queries queries;
  private final PromotionPapers promotions;
  private final Duration validity;

  Upkeep(
      Documents documents,
      Wallets wallets,
      Billing billing,
      Blocklists blocklists,
      Queries queries,
      PromotionPapers promotions,
      Duration leaseValidity) {
    this.documents = documents;
    this.wallets = wallets;
    this.billing = billing;
    this.blocklists = blocklists;
    this.queries = queries;
    this.promotions = promotions;
    this.validity = leaseValidity;
  }

  /// Whether [#keep] would change anything. Only reads.
  boolean isDue(Handle handle, BoxAccount account, Instant now) {
    if (account.refused()) {
      return false;
    }
    if (ages(account, now)
        || account.lacksNotices()
        || blocklists.isDue(handle, account.box())
        || queries.isDue(handle, account.box())
        || promotions.isDue(handle, account.box())) {
      return true;
    }
    Tenge free = wallets.free(handle, account.organisation());
    return account.isWrongAbout(free)
        || missing(account, free).isPositive()
        || pinDue(handle, account, now).isPresent();
  }

  /// Issues what is due.
  ///
  /// @return whether there is something new to send
  boolean keep(Handle handle, BoxId box, Instant now) {
    Optional<BoxAccount> found = BoxAccount.find(handle, box).filter(account -> !account.refused());
    if (found.isEmpty()) {
      return false;
    }
    BoxAccount account = found.get();
    Optional<Pinned> pin = pinDue(handle, account, now);
    pin.ifPresent(pinned -> {
      var _ = documents.issuePin(handle, account, pinned, now, BY);
      note(handle, account, "TARIFF_PINNED", "version " + pinned.version().id(), now);
    });
    if (account.lacksNotices()) {
      var _ =
          documents.issueNotices(
              handle, account, Notices.newest(handle, account.organisation()), now, BY);
    }
    boolean complaints = blocklists.keep(handle, box, now);
    boolean questions = queries.keep(handle, box, now);
    boolean published = promotions.keep(handle, box, now);
    boolean lease = renewLease(handle, account, now);
    return lease
        || complaints
        || questions
        || published
        || pin.isPresent()
        || account.lacksNotices();
  }

  /// Renews the lease alone, which is what a box that spends may need.
  boolean renewLease(Handle handle, BoxAccount account, Instant now) {
    Tenge free = wallets.free(handle, account.organisation());
    Tenge more = missing(account, free);
    if (more.isPositive()) {
      Tenge total = account.total().plus(more);
      long version =
          documents
              .issueLease(
                  handle,
                  account,
                  new Documents.Grant(total, free.minus(more)),
                  now,
                  now.plus(validity),
                  BY)
              .version();
      wallets.setAside(handle, account.organisation(), account.box(), version, more);
      note(handle, account, "LEASE_RENEWED", "version " + version + ": " + more + " KZT more", now);
      return true;
    }
    if (ages(account, now) || account.isWrongAbout(free)) {
      var _ =
          documents.issueLease(
              handle,
              account,
              new Documents.Grant(account.total(), free),
              now,
              now.plus(validity),
              BY);
      return true;
    }
    return false;
  }

  /// What the box should get now: up to its target, as far as there is free money.
  private static Tenge missing(BoxAccount account, Tenge free) {
    if (!account.target().isPositive() || !account.isLow()) {
      return Tenge.ZERO;
    }
    Tenge wanted = account.target().minus(account.left());
    return wanted.compareTo(free) < 0 ? wanted : free;
  }

  private boolean ages(BoxAccount account, Instant now) {
    return account.target().isPositive()
        && account
            .leaseExpires()
            .filter(expires ->
                Duration.between(now, expires).multipliedBy(10).compareTo(validity.multipliedBy(3))
                    <= 0)
            .isPresent();
  }

  private Optional<Pinned> pinDue(Handle handle, BoxAccount account, Instant now) {
    return billing
        .pinned(handle, account.organisation(), now)
        .filter(pinned -> !account.pinSince().equals(Optional.of(pinned.since())));
  }

  private static void note(
      Handle handle, BoxAccount account, String kind, String detail, Instant now) {
    var _ =
        Timeline.add(handle, new TimelineEntry(account.box(), now, kind, detail, Optional.empty()));
  }
}
