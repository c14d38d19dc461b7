package kz.qonyrau.billing;

import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;

/// A customer's money at central, and how he is rated.
///
/// @param free what lies in each wallet and is not set aside for a box; below zero after a penalty
/// @param leased what is set aside for his boxes and not reported as spent
/// @param pinned the list by which he is rated; empty before his first top-up
/// @param published the list that his next top-up will pin (SH-TAR-06)
public record Account(
    OrganisationId organisation,
    Map<WalletKind, Tenge> free,
    Tenge leased,
    Optional<Pinned> pinned,
    Optional<PublishedTariff> published) {

  /// Copies the map.
  public Account {
    free = Map.copyOf(free);
  }

  /// What is free in a wallet.
  public Tenge free(WalletKind wallet) {
    return free.getOrDefault(wallet, Tenge.ZERO);
  }
}
