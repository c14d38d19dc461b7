/// The recogniser behind [kz.qonyrau.speech.Recognizer]: Vosk, a native library in processes of its
/// own. What is known to kill it is checked here before it gets there, and what kills it all the
/// same costs one utterance.
@NullMarked
package kz.qonyrau.speech.vosk;

import org.jspecify.annotations.NullMarked;
