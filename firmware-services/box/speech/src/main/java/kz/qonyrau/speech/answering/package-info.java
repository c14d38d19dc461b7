/// Who answered a call.
@NullMarked
package kz.qonyrau.speech.answering;

import org.jspecify.annotations.NullMarked;
