/// The carriers' lines as technicians set them up, and what is kept of them.
@NullMarked
package kz.qonyrau.telephony.trunks;

import org.jspecify.annotations.NullMarked;
