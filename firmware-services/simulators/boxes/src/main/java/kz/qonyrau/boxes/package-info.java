/// A fleet of simulated boxes: they enrol at a real licensing server, report, misbehave on order,
/// and what central shows in the end is compared with what they did.
@NullMarked
package kz.qonyrau.boxes;

import org.jspecify.annotations.NullMarked;
