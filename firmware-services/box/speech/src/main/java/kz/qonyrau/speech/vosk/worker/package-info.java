/// The program that holds a speech model and the native library, in a process of its own, and the
/// language that it and the box speak.
///
/// Native code may kill or block the process it runs in. Here that process is not the box. Nothing
/// outside this package may touch the native library.
@NullMarked
package kz.qonyrau.speech.vosk.worker;

import org.jspecify.annotations.NullMarked;
