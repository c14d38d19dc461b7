package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.ContactListId;

/// A customer's list of contacts and how its import went.
///
/// @param failure empty unless the state is FAILED: `INTERRUPTED` by a restart, `CANCELLED`,
///   `UNREADABLE`, `TOO_MANY_ROWS` or `STORE_FAILED`
/// @param duplicates rows whose number had come before in the same file; the first row wins as a
///   whole
/// @param rejected rows that were refused; see [ContactLists#rejects]
/// @param otherNumbers how many numbers its contacts have beside their first ones
/// @param numbersLeftOut other numbers that were not taken, though their contacts were; see
///   [ContactLists#rejects]
/// @param linesRead lines of the file that were looked at, with the header and empty ones
/// @param progress 0 to 1
public record ContactList(
    ContactListId id,
    String name,
    State state,
    Optional<String> failure,
    Instant createdAt,
    String createdBy,
    long contacts,
    long duplicates,
    long rejected,
    long otherNumbers,
    long numbersLeftOut,
    long linesRead,
    double progress,
    List<String> variables,
    Optional<Attestation> attestation) {

  /// Only a list that is READY shows contacts and can be called.
  public enum State {
    IMPORTING,
    READY,
    FAILED
  }

  public ContactList {
    variables = List.copyOf(variables);
  }
}
