@NullMarked
package kz.qonyrau.telephony.asterisk;

import org.jspecify.annotations.NullMarked;
