/// What recorded conversations hold. Today: transcripts of both sides, made in the background.
@NullMarked
package kz.qonyrau.insight;

import org.jspecify.annotations.NullMarked;
