/// Who is speaking, and since when: voice activity over telephone audio.
///
/// [SpeechActivity] turns frames of 20 ms into events: speech began, speech ended. What is short,
/// has no pitch, is a tone or is the echo of what the box plays itself does not count. It has no
/// thread and no clock; times are counts of samples, so that the same audio always gives the same
/// events.
///
/// The detector is our own, in Java. The one packaging of WebRTC's detector for the JVM loses the
/// memory of every frame it is given and keeps its instances in a table that two threads must not
/// touch at once; native code of that kind has no place in the process that holds the ledger. See
/// `docs/decisions/0011-who-answered.md`.
@NullMarked
package kz.qonyrau.speech.activity;

import org.jspecify.annotations.NullMarked;
