package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;

/// Does what somebody asks for who called back. Each may be repeated, and is done once.
public interface Wishes {

  /// From now on no campaign reaches the number (AC-CON-04).
  Future<Void> leaveAlone(Msisdn number);

  /// Enters a complaint, and from now on no campaign reaches the number (AC-SPM-01, AC-SPM-02).
  ///
  /// @param callBack the call in which he complains
  /// @param whoCalled of whom he complains
  Future<Void> complain(Msisdn number, CallId callBack, WhoCalled.Caller whoCalled);
}
