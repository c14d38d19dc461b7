/// Places calls on trunks through a supervised Asterisk and carries their audio.
@NullMarked
package kz.qonyrau.telephony;

import org.jspecify.annotations.NullMarked;
