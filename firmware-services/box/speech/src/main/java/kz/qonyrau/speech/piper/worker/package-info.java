/// The program that speaks with a Piper voice, in a process of its own: one text, and it ends.
///
/// Native code may kill or block the process it runs in, and a network that somebody uploaded may
/// ask for any time and memory. Here that process is not the box. Nothing outside this package may
/// touch the native library.
@NullMarked
package kz.qonyrau.speech.piper.worker;

import org.jspecify.annotations.NullMarked;
