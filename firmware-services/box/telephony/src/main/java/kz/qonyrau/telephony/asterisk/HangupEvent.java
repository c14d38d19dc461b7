package kz.qonyrau.telephony.asterisk;

import org.jspecify.annotations.Nullable;

/// Asterisk's Hangup event with the trunk's own code, which Asterisk-Java does not know. The
/// library chooses event classes by their simple names, so this one must be called as it is.
public final class HangupEvent extends org.asteriskjava.manager.event.HangupEvent {
  private static final long serialVersionUID = 1L;

  private @Nullable String techCause;

  public HangupEvent(Object source) {
    super(source);
  }

  /// The SIP status, as text.
  public @Nullable String getTechCause() {
    return techCause;
  }

  public void setTechCause(@Nullable String techCause) {
    this.techCause = techCause;
  }
}
