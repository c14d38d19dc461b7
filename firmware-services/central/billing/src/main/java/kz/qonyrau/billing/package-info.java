/// Customers' money at central: wallets, top-ups, published tariffs and pins, what two people
/// decide.
@NullMarked
package kz.qonyrau.billing;

import org.jspecify.annotations.NullMarked;
