/// Stepped clock, temporary stores, fault injectors: main code used by tests only.
@NullMarked
package kz.qonyrau.testsupport;

import org.jspecify.annotations.NullMarked;
