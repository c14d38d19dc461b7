/// Boxes, certificates, licenses, leases, heartbeats and the mirror of their usage.
@NullMarked
package kz.qonyrau.fleet;

import org.jspecify.annotations.NullMarked;
