/// Voices in the format of Piper, which technicians install while the box runs.
///
/// [PiperShelf] keeps them. A voice is a zip archive ([PiperContent]) with a network and its
/// configuration ([VoiceConfiguration]); both came from somebody else and are taken for hostile until
/// the voice has spoken a test sentence ([VoiceTrial]), in a program of its own ([worker][1]), as it
/// will speak every text later.
///
/// ONNX Runtime runs the network, and the installed espeak-ng says how words are said. The library
/// `piper-jni`, which does both, was not taken: its ONNX Runtime is of 2023, and it holds espeak-ng,
/// which is under the GPL, inside the process that it is loaded into. Version 1.28.0 of ONNX Runtime
/// was chosen since the next one reports home, and ends a JVM whose command line is long.
///
/// A text takes a process, which loads the network each time, about a second for one of 64 MB.
/// Nobody waits for that: what a campaign says is made before anybody is rung, and kept.
///
/// [1]: kz.qonyrau.speech.piper.worker
@NullMarked
package kz.qonyrau.speech.piper;

import org.jspecify.annotations.NullMarked;
