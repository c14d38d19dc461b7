package kz.qonyrau.telephony.asterisk;

import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/// Our dialplan says that somebody calls. Asterisk-Java fills it in by the names of its properties.
public final class IncomingEvent extends UserEvent {
  private static final long serialVersionUID = 1L;

  private @Nullable String trunk;
  private @Nullable String caller;
  private @Nullable String called;

  public IncomingEvent(Object source) {
    super(source);
  }

  public @Nullable String getTrunk() {
    return trunk;
  }

  public void setTrunk(@Nullable String trunk) {
    this.trunk = trunk;
  }

  /// Digits and plus signs; nothing if he does not show his number.
  public @Nullable String getCaller() {
    return caller;
  }

  public void setCaller(@Nullable String caller) {
    this.caller = caller;
  }

  /// Digits and plus signs.
  public @Nullable String getCalled() {
    return called;
  }

  public void setCalled(@Nullable String called) {
    this.called = called;
  }
}
