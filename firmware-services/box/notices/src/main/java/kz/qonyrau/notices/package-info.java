/// What the owner is told on his pages (SH-NOT-01), whether central or the box has it to tell, and
/// when a low balance is worth telling (SH-BAL-18).
@NullMarked
package kz.qonyrau.notices;

import org.jspecify.annotations.NullMarked;
