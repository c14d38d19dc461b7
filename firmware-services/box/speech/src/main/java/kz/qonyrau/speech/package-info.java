/// Recognises what is said (Vosk) and says what is written (offline voices).
@NullMarked
package kz.qonyrau.speech;

import org.jspecify.annotations.NullMarked;
