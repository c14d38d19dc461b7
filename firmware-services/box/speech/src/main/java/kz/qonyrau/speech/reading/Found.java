package kz.qonyrau.speech.reading;

/// What a rule found: how far the passage goes and how it is read.
record Found(int end, String spoken) {}
