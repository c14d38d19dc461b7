/// What is heard when a call is answered, staged: people, voicemails, announcements, silence and
/// fax machines, with labels, made from scripts by espeak-ng, SoX and formulas.
///
/// The same seed gives the same sound. Needs the Debian packages `espeak-ng` and `sox`; scripts
/// that use recordings also need `asterisk-core-sounds-ru-wav` or `-en-wav`.
@NullMarked
package kz.qonyrau.testsupport.answers;

import org.jspecify.annotations.NullMarked;
