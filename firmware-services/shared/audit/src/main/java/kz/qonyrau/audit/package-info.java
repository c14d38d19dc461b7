/// The hash-chained log of who did what (PLT-18).
@NullMarked
package kz.qonyrau.audit;

import org.jspecify.annotations.NullMarked;
