package kz.qonyrau.complaints;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the owner is told of a complaint. The names are the codes of his notices.
public enum ComplaintNews {
  /// Somebody complained elsewhere than at this box.
  COMPLAINT_RECEIVED,
  /// He may prove that he had consent.
  EVIDENCE_ASKED,
  /// It was spam.
  COMPLAINT_CONFIRMED,
  /// It was none.
  COMPLAINT_REJECTED,
  /// It was spam, and its owner has agreed again.
  BLOCK_LIFTED;

  /// What is new of a complaint. What ended before this box heard of it is no news: nothing was
  /// blocked here.
  ///
  /// @param before empty if this box did not know it
  static List<ComplaintNews> of(Optional<Complaint> before, Complaint now) {
    List<ComplaintNews> news = new ArrayList<>();
    if (before.filter(known -> known.standing() == now.standing()).isEmpty()) {
      switch (now.standing()) {
        case PROVISIONAL -> {
          if (now.enteredBy().isEmpty()) {
            news.add(COMPLAINT_RECEIVED);
          }
        }
        case CONFIRMED -> news.add(COMPLAINT_CONFIRMED);
        case REJECTED -> before.ifPresent(_ -> news.add(COMPLAINT_REJECTED));
        case LIFTED -> before.ifPresent(_ -> news.add(BLOCK_LIFTED));
      }
    }
    if (Complaints.mayBeAnswered(now)
        && !before.flatMap(Complaint::evidenceDue).equals(now.evidenceDue())) {
      news.add(EVIDENCE_ASKED);
    }
    return news;
  }
}
