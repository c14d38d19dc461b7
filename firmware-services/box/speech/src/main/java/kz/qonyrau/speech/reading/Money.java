package kz.qonyrau.speech.reading;

/// A currency: its unit and the hundredth of it.
record Money(Noun unit, Noun hundredth) {}
