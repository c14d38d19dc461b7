/// The recogniser behind [kz.qonyrau.speech.Recognizer]: Vosk, a native library. Whatever can make
/// it kill the process is checked here before it gets there.
@NullMarked
package kz.qonyrau.speech.vosk;

import org.jspecify.annotations.NullMarked;
