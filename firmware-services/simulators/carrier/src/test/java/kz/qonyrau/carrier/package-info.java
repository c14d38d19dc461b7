@NullMarked
package kz.qonyrau.carrier;

import org.jspecify.annotations.NullMarked;
