/// Boxes and central, joined by a real broker with real certificates.
@NullMarked
package kz.qonyrau.systemtests.uplink;

import org.jspecify.annotations.NullMarked;
