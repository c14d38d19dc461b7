/// Speech models that the box makes, extends and installs.
@NullMarked
package kz.qonyrau.speech.models;

import org.jspecify.annotations.NullMarked;
