package kz.qonyrau.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionOutlet;

/// A customer's consent that one recording of his is published, and what became of it (SH-NOT-11).
///
/// @param enteredAt when staff wrote it down
/// @param withdrawal the end of it, if he withdrew; there is no way back
/// @param publications in order
public record Promotion(
    String id,
    OrganisationId organisation,
    Consent consent,
    String enteredBy,
    Instant enteredAt,
    PromotionState state,
    Optional<Withdrawal> withdrawal,
    List<Publication> publications) {

  public Promotion {
    publications = List.copyOf(publications);
  }

  /// What the customer agreed to.
  ///
  /// @param box where the recording is
  /// @param call whose recording it is
  /// @param message in which message he did, in Telegram
  /// @param givenAt when
  /// @param givenBy who gave it for him
  /// @param allowed where it may be published, at least one
  public record Consent(
      BoxId box,
      CallId call,
      PromotedRecording.TelegramMessage message,
      Instant givenAt,
      String givenBy,
      Set<PromotionOutlet> allowed) {

    /// @throws IllegalArgumentException if a text is out of its range, or nothing is allowed
    public Consent {
      allowed = Set.copyOf(allowed);
      Texts.require("givenBy", givenBy, 200);
      if (allowed.isEmpty()) {
        throw new IllegalArgumentException("allowed: at least one");
      }
    }
  }

  /// He withdrew it.
  ///
  /// @param from when the time to remove began: when he said so to staff, or when his box's report
  ///   came
  /// @param by who said so: a name, or a login at the box
  /// @param enteredBy the login of who wrote it down; empty where the box reported it
  /// @param at when it was written down
  /// @param due by when everything is to be removed
  public record Withdrawal(Instant from, String by, String enteredBy, Instant at, Instant due) {}

  /// It was published.
  ///
  /// @param place an address or the name of a place
  /// @param removal when it was taken down, if it was
  public record Publication(
      String id,
      PromotionOutlet outlet,
      String place,
      Instant at,
      String enteredBy,
      Optional<Removal> removal) {}

  /// It was taken down.
  ///
  /// @param by the login of who wrote it down
  public record Removal(Instant at, String by) {}

  /// Whether something is still published after its time.
  public boolean isOverdue(Instant now) {
    return state == PromotionState.TO_REMOVE
        && withdrawal.filter(given -> given.due().isBefore(now)).isPresent();
  }

  boolean isPublished() {
    return publications.stream().anyMatch(one -> one.removal().isEmpty());
  }

  /// What the box is told of it.
  PromotedRecording told() {
    return new PromotedRecording(
        id,
        consent.call(),
        consent.message(),
        consent.givenAt(),
        consent.allowed(),
        withdrawal.map(given -> new PromotedRecording.Withdrawal(given.from(), given.due())),
        publications.stream()
            .map(one ->
                new PromotedRecording.Publication(
                    one.outlet(), one.place(), one.at(), one.removal().map(Removal::at)))
            .toList());
  }
}
