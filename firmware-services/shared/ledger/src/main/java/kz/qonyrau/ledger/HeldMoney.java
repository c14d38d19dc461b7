package kz.qonyrau.ledger;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// A hold as it stands in the book.
///
/// @param held all that was ever set aside under it, extensions included
/// @param captured charged when it was settled, zero until then
/// @param released given back when it was settled, zero until then
public record HeldMoney(
    String id,
    WalletId wallet,
    Tenge held,
    Tenge captured,
    Tenge released,
    HoldState state,
    Instant heldAt) {}
