@NullMarked
package kz.qonyrau.telephony.trunks;

import org.jspecify.annotations.NullMarked;
