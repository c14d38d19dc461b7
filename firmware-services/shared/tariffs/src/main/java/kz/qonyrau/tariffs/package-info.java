/// Tariff versions and rating: usage in, amount out. Pure.
@NullMarked
package kz.qonyrau.tariffs;

import org.jspecify.annotations.NullMarked;
