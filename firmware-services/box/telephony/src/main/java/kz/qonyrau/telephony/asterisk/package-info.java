/// Drives Asterisk: starts and watches its process, controls it through AMI with Asterisk-Java, and
/// carries call audio over a WebSocket per call. The only package that knows Asterisk.
@NullMarked
package kz.qonyrau.telephony.asterisk;

import org.jspecify.annotations.NullMarked;
