/// Two-channel recordings: closed, hashed, encrypted, compressed, played back.
@NullMarked
package kz.qonyrau.recordings;

import org.jspecify.annotations.NullMarked;
