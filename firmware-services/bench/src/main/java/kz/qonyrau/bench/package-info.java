/// Benchmarks that print a figure beside a baseline of the same run.
@NullMarked
package kz.qonyrau.bench;

import org.jspecify.annotations.NullMarked;
