/// The rehearsal carrier: a telephone network on this machine, for rehearsing campaigns without
/// calling anyone.
@NullMarked
package kz.qonyrau.carrier;

import org.jspecify.annotations.NullMarked;
