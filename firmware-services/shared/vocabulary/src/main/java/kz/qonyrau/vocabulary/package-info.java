/// Words of the field as types: numbers, money, Astana time, ids, outcomes. No I/O, depends on
/// nothing.
@NullMarked
package kz.qonyrau.vocabulary;

import org.jspecify.annotations.NullMarked;
