/// Answers those who call one of the box's numbers back, tells them who called, and takes their
/// wish to be left alone (AC-WHO-04, AC-WHO-05).
@NullMarked
package kz.qonyrau.callbacks;

import org.jspecify.annotations.NullMarked;
