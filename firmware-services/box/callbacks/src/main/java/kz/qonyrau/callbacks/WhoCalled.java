package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;

/// Knows who called a number last, and what he says of himself.
public interface WhoCalled {

  /// Who called, and how he is reached.
  ///
  /// @param name of the sender, as the campaign states it
  /// @param contact how the sender is reached, as the campaign states it
  /// @param language in which the campaign speaks
  record Caller(CallBack.Contact call, String name, String contact, Locale language) {}

  /// The last call to this number, by whatever campaign; empty if it was never called.
  Future<Optional<Caller>> last(Msisdn number);

  /// The calls to this number in a stretch of time, the newest first, at most some hundred; those
  /// of campaigns that are not there any more are left out.
  Future<List<Caller>> between(Msisdn number, Instant from, Instant until);
}
