package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionsDocument;
import kz.qonyrau.wire.SealingKey;
import org.jdbi.v3.core.Handle;

/// Asks boxes what subscribers want to know (AC-WHO-03). A box's newest document has whatever it
/// has not answered; when it has, the next one leaves that out. A box that never told its key is
/// asked when it has.
///
/// Every method runs in the caller's transaction.
final class Queries {

  private static final String BY = "subscribers";

  private final Inquiries inquiries;
  private final Documents documents;

  Queries(Inquiries inquiries, Documents documents) {
    this.inquiries = inquiries;
    this.documents = documents;
  }

  private record Next(SealingKey key, List<Question> questions, String sha256) {}

  /// The version of a box's newest document, 0 for none.
  static long version(Handle handle, BoxId box) {
    return LastTold.QUESTIONS.version(handle, box);
  }

  /// Whether a heartbeat names a version that was never issued here: central came back from an
  /// older copy of its database.
  static boolean isNews(Handle handle, BoxId box, Heartbeat heartbeat) {
    return heartbeat.queryVersion() > version(handle, box);
  }

  /// Takes note of it, so that the next version is one that the box takes.
  static void hear(Handle handle, BoxId box, Heartbeat heartbeat) {
    LastTold.QUESTIONS.hear(handle, box, heartbeat.queryVersion());
  }

  /// Whether [#keep] would issue something. Only reads.
  boolean isDue(Handle handle, BoxId box) {
    return due(handle, box).isPresent();
  }

  /// Issues what the box is to be asked now, if that is something else than before.
  ///
  /// @return whether there is something new to send
  boolean keep(Handle handle, BoxId box, Instant now) {
    Optional<Next> due = due(handle, box);
    if (due.isEmpty()) {
      return false;
    }
    Next next = due.get();
    long version = version(handle, box) + 1;
    documents.issueQuestions(
        handle, QuestionsDocument.seal(box, version, next.questions(), next.key()), now, BY);
    LastTold.QUESTIONS.put(handle, box, version, next.sha256());
    return true;
  }

  private Optional<Next> due(Handle handle, BoxId box) {
    List<Question> questions = inquiries.questions(handle, box);
    if (questions.isEmpty() && version(handle, box) == 0) {
      return Optional.empty();
    }
    return Blocklists.key(handle, box)
        .map(key -> new Next(key, questions, sha256(key, questions)))
        .filter(next -> !LastTold.QUESTIONS.said(handle, box, next.sha256()));
  }

  private static String sha256(SealingKey key, List<Question> questions) {
    StringBuilder all = new StringBuilder(key.text());
    questions.forEach(question -> all.append(' ').append(question.id()));
    return Sha256.of(all.toString());
  }
}
