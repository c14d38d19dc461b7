@NullMarked
package kz.qonyrau.callbacks;

import org.jspecify.annotations.NullMarked;
