/// Which recordings of this box the provider publishes, by which consent of the owner, and how he
/// withdraws it (SH-NOT-11, AC-REC-06).
@NullMarked
package kz.qonyrau.promotions;

import org.jspecify.annotations.NullMarked;
