package kz.qonyrau.uplink;

import kz.qonyrau.wire.Refusal;

/// What came of an attempt to enrol.
public sealed interface EnrolmentAnswer {

  /// The box is enrolled, now or since an earlier attempt; its identity is on the disk.
  record Enrolled(BoxIdentity identity) implements EnrolmentAnswer {}

  /// Central said no. The same ticket will not be accepted later either.
  record Refused(Refusal refusal) implements EnrolmentAnswer {}

  /// Whoever answers there is not the provider that the ticket names. Nothing was told to him.
  record WrongProvider() implements EnrolmentAnswer {}

  /// No answer, or none that can be read. Trying again is safe, also after a crash.
  record Unreachable(String why) implements EnrolmentAnswer {}
}
