package kz.qonyrau.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The one JSON reader of the wire: strict UTF-8, no duplicate names, nothing after the end,
/// bounded depth and lengths.
final class Json {

  private static final int DEEPEST = 24;
  private static final int LONGEST_NUMBER = 40;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(Envelope.LIMIT_BYTES)
                          .maxNameLength(100)
                          .maxDocumentLength(2L * Envelope.LIMIT_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// Decodes without replacing anything.
  static String text(String what, byte[] bytes) {
    if (bytes.length > Envelope.LIMIT_BYTES) {
      throw new MalformedMessageException(
          what, "is larger than " + Envelope.LIMIT_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new MalformedMessageException(what, "is not UTF-8");
    }
  }

  /// The fields of a JSON object that fills the whole text.
  static Fields object(String what, String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException broken) {
      throw malformed(what, broken);
    }
    if (!(node instanceof ObjectNode object)) {
      throw new MalformedMessageException(what, "is not a JSON object");
    }
    return new Fields(what, object);
  }

  /// Says where and why without quoting the text, which may hold what must not be logged.
  static MalformedMessageException malformed(String what, JacksonException broken) {
    String place =
        broken.getLocation() == null
            ? ""
            : " at line "
                + broken.getLocation().getLineNr()
                + " column "
                + broken.getLocation().getColumnNr();
    return new MalformedMessageException(
        what, "is not the JSON that is allowed here" + place + " (" + kind(broken) + ")");
  }

  private static String kind(JacksonException broken) {
    return broken.getClass().getSimpleName();
  }

  static String write(ObjectNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /// How many bytes a text takes as JSON, with its quotes.
  static int bytes(String text) {
    return MAPPER.writeValueAsString(text).getBytes(StandardCharsets.UTF_8).length;
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
