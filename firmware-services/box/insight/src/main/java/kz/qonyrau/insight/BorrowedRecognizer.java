package kz.qonyrau.insight;

import kz.qonyrau.speech.Recognizer;

/// A recogniser of the lowest priority that is there as long as somebody needs it, so that nobody
/// who is on the telephone waits for a transcript.
///
/// @param close gives back what it holds
public record BorrowedRecognizer(Recognizer recognizer, Runnable close) {}
