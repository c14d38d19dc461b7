package kz.qonyrau.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How records become JSON and back at the doors: strict in what is read, instants in ISO form,
/// empty optionals left out.
public final class Json {

  private static final int DEEPEST = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private Json() {}

  /// A value as UTF-8 JSON.
  ///
  /// @throws JacksonException if a value has no JSON form, which is a bug of ours
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /// Reads a record that the contract has already found valid.
  ///
  /// @throws Problem 400 if the text does not fit the record
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException unfit) {
      throw malformed("The body does not fit what is expected here.");
    }
  }

  /// Refuses what is not one well-formed JSON text in UTF-8, at most 32 levels deep, without a name
  /// twice in an object.
  ///
  /// @throws Problem 400, without repeating what was sent
  static void requireWellFormed(byte[] json) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      var _ = MAPPER.readTree(json);
    } catch (CharacterCodingException broken) {
      throw malformed("The body is not UTF-8.");
    } catch (JacksonException broken) {
      throw malformed(
          "The body is not one JSON text, or is nested deeper than " + DEEPEST + " levels.");
    }
  }

  /// A field of a body as a line of text: of a list its length, of what is missing nothing.
  ///
  /// @param path names with points between them
  static String told(byte[] json, String path) {
    if (json.length == 0) {
      return "";
    }
    JsonNode node = MAPPER.readTree(json);
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    if (node.isArray()) {
      return Integer.toString(node.size());
    }
    return node.isValueNode() && !node.isNull() ? node.asString() : "";
  }

  private static Problem malformed(String detail) {
    return Problem.invalid(List.of(new Problem.Field("", "MALFORMED", detail)));
  }
}
