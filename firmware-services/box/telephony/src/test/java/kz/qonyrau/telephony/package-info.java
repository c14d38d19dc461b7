@NullMarked
package kz.qonyrau.telephony;

import org.jspecify.annotations.NullMarked;
