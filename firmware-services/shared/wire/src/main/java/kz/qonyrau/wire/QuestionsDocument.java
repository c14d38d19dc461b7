package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What subscribers ask this box at the moment: every question that it has not answered, as far as
/// they fit. They are sealed, so that nobody reads the numbers on the way, and on the broker least
/// of all (AC-WHO-03, PLT-24). The next version leaves out what was answered, so no number stays in
/// one.
///
/// @param boxId the only box it is good for
/// @param version counts this box's, from 1; a box never goes back (PLT-10)
/// @param sealed [Question]s, for this box alone
public record QuestionsDocument(BoxId boxId, long version, String sealed) implements BoxDocument {

  /// No more questions than this at once; others follow when these are answered.
  public static final int MOST = 50;

  private static final int LONGEST_SEALED = 31_000;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public QuestionsDocument {
    if (version < 1) {
      throw new MalformedMessageException("query.version", "is below 1");
    }
    if (sealed.isEmpty() || sealed.length() > LONGEST_SEALED) {
      throw new MalformedMessageException(
          "query.sealed", "does not have 1 to " + LONGEST_SEALED + " characters");
    }
  }

  /// Seals questions for a box.
  ///
  /// @param questions at most [#MOST], each once
  /// @param box what the box opens with
  /// @throws MalformedMessageException if there are more, or one twice
  public static QuestionsDocument seal(
      BoxId boxId, long version, List<Question> questions, SealingKey box) {
    require(questions);
    ObjectNode node = Json.object();
    ArrayNode list = node.putArray("questions");
    questions.forEach(question -> list.add(question.write()));
    byte[] plain = Json.write(node).getBytes(StandardCharsets.UTF_8);
    return new QuestionsDocument(boxId, version, box.seal(plain, context(boxId, version)));
  }

  /// What was sealed.
  ///
  /// @param box the box's own key
  /// @throws MalformedMessageException if it was not sealed for this box and version, or anything
  ///   is wrong with it
  public List<Question> open(OpeningKey box) {
    byte[] plain = box.open(sealed, context(boxId, version));
    Fields fields = Json.object("query", Json.text("query", plain));
    List<Question> questions = fields.objects("questions", MOST, Question::read);
    fields.end();
    require(questions);
    return List.copyOf(questions);
  }

  private static void require(List<Question> questions) {
    if (questions.size() > MOST) {
      throw new MalformedMessageException("query.questions", "has more than " + MOST + " elements");
    }
    Set<String> ids = new HashSet<>();
    for (Question question : questions) {
      if (!ids.add(question.id())) {
        throw new MalformedMessageException("query.questions", "has the same question twice");
      }
    }
  }

  /// Another version's sealed text, or another box's, does not open.
  private static String context(BoxId boxId, long version) {
    return "query " + boxId + " " + version;
  }

  /// Reads the text of a signed document. Neither the signature nor what is sealed is looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static QuestionsDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.QUERY)) {
      throw new MalformedMessageException("query", "is not of schema " + Schemas.QUERY);
    }
    Fields fields = Json.object("query", document.text());
    QuestionsDocument questions =
        new QuestionsDocument(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("version", 1, Long.MAX_VALUE),
            fields.text("sealed", LONGEST_SEALED));
    fields.end();
    return questions;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    node.put("sealed", sealed);
    return SignedDocument.sign(Schemas.QUERY, Json.write(node), signer);
  }
}
