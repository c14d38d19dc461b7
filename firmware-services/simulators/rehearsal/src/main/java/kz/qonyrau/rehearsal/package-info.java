/// Starts the whole stage on loopback, and runs the demonstration campaign through the public APIs.
@NullMarked
package kz.qonyrau.rehearsal;

import org.jspecify.annotations.NullMarked;
