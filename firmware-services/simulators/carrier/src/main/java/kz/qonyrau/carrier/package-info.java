/// The rehearsal carrier: a second Asterisk whose dialplan decides by the last digits of a number.
@NullMarked
package kz.qonyrau.carrier;

import org.jspecify.annotations.NullMarked;
