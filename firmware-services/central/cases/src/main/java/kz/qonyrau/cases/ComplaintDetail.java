package kz.qonyrau.cases;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.ReportedEvidence;

/// A complaint with all that was done about it.
///
/// @param history in order
/// @param answers what the customer answered, in order
/// @param violation the id of what it counts for, if it does
public record ComplaintDetail(
    Complaint complaint, List<Event> history, List<Answer> answers, Optional<String> violation) {

  public ComplaintDetail {
    history = List.copyOf(history);
    answers = List.copyOf(answers);
  }

  /// Something that was done.
  ///
  /// @param kind what, a code
  /// @param by the login of who did it
  /// @param note in his words, may be empty
  public record Event(String kind, Instant at, String by, String note) {}

  /// What the customer answered.
  ///
  /// @param by the login of who did, at the box
  /// @param records what the box's lists say of the number
  /// @param file the name of a file that came with it
  public record Answer(
      String id,
      BoxId box,
      Instant at,
      String by,
      String note,
      List<ReportedEvidence.ConsentRecord> records,
      Optional<String> file) {

    public Answer {
      records = List.copyOf(records);
    }
  }

  /// A file that came with an answer.
  ///
  /// @param type `application/pdf`, `image/jpeg` or `image/png`
  public record AnswerFile(String name, String type, Buffer content) {}
}
