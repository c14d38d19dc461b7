/// The double-entry, hash-chained book of prepaid money: wallets, holds, captures, releases.
@NullMarked
package kz.qonyrau.ledger;

import org.jspecify.annotations.NullMarked;
