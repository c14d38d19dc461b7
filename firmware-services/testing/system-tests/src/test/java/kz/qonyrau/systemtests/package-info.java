/// Whole box, whole central, real Asterisk, real browser: start, kill, cut, fill; and the house
/// rules as tests.
@NullMarked
package kz.qonyrau.systemtests;

import org.jspecify.annotations.NullMarked;
