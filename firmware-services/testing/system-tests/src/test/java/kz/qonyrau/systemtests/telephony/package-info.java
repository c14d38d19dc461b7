/// The telephony adapter and a real Asterisk against the rehearsal carrier.
@NullMarked
package kz.qonyrau.systemtests.telephony;

import org.jspecify.annotations.NullMarked;
