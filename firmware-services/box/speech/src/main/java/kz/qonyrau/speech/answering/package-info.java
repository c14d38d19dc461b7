/// Who answered a call: a human, an answering machine, an announcement of the network, nobody, or a
/// fax (AC-CAL-08 wants a message heard by a human from its start, so it matters).
///
/// [AnswerDetector] listens to the callee's audio and asks [AnswerJudge], which is pure: timed
/// events go in, verdicts come out, each with its evidence. What it knows of phrases stands in
/// tables, one for each language, beside these classes. A doubtful answer is a human: see
/// `docs/decisions/0011-who-answered.md`, where the reasons and the measured errors stand.
@NullMarked
package kz.qonyrau.speech.answering;

import org.jspecify.annotations.NullMarked;
