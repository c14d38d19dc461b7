package kz.qonyrau.telephony.asterisk;

import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/// Our dialplan says that the audio of an answered call could not be connected. Asterisk-Java fills
/// it in by the names of its properties.
public final class MediaLostEvent extends UserEvent {
  private static final long serialVersionUID = 1L;

  private @Nullable String callId;

  public MediaLostEvent(Object source) {
    super(source);
  }

  public @Nullable String getCallId() {
    return callId;
  }

  public void setCallId(@Nullable String callId) {
    this.callId = callId;
  }
}
