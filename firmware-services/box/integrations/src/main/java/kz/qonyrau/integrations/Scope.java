package kz.qonyrau.integrations;

import java.util.Arrays;
import java.util.Optional;

/// What a key may be allowed to do.
public enum Scope {
  CONTACTS_READ("contacts.read"),
  CONTACTS_WRITE("contacts.write"),
  CAMPAIGNS_READ("campaigns.read"),
  CAMPAIGNS_WRITE("campaigns.write"),
  CALLS_READ("calls.read"),
  RECORDINGS_READ("recordings.read"),
  REPORTS_READ("reports.read"),
  BALANCE_READ("balance.read"),
  WEBHOOKS("webhooks");

  private final String words;

  Scope(String words) {
    this.words = words;
  }

  /// As programs and pages name it.
  public String words() {
    return words;
  }

  public static Optional<Scope> of(String words) {
    return Arrays.stream(values()).filter(scope -> scope.words.equals(words)).findFirst();
  }
}
