package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;

/// Does what somebody asks for who called back. Each may be repeated, and is done once.
public interface Wishes {

  /// From now on no campaign reaches the number (AC-CON-04).
  ///
  /// @param reason what is written down as the reason, at most 200 characters
  Future<Void> leaveAlone(Msisdn number, String reason);

  /// Enters a complaint, and from now on no campaign reaches the number (AC-SPM-01, AC-SPM-02).
  ///
  /// @param callBack the call in which he complains
  /// @param contact of which call he complains
  /// @param text what is written down as his words, at most 500 characters
  Future<Void> complain(Msisdn number, CallId callBack, CallBack.Contact contact, String text);
}
