package kz.qonyrau.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Tenge;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes the fields of one JSON object, each exactly once and of exactly the right type; [#end]
/// refuses what was not asked for. Every refusal names the field.
final class Fields {

  private static final Pattern INSTANT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z");

  private final String path;
  private final ObjectNode object;
  private final Set<String> taken = new HashSet<>();

  Fields(String path, ObjectNode object) {
    this.path = path;
    this.object = object;
  }

  /// Refuses fields that nobody took.
  void end() {
    for (String name : object.propertyNames()) {
      if (!taken.contains(name)) {
        throw new MalformedMessageException(at(printable(name)), "is not a known field");
      }
    }
  }

  String text(String name, Pattern form, String meaning) {
    JsonNode node = take(name);
    if (!node.isString()) {
      throw bad(name, "is not text");
    }
    String value = node.stringValue();
    if (!form.matcher(value).matches()) {
      throw bad(name, "is not " + meaning);
    }
    return value;
  }

  String text(String name, int longest) {
    JsonNode node = take(name);
    if (!node.isString()) {
      throw bad(name, "is not text");
    }
    String value = node.stringValue();
    if (value.isEmpty() || value.length() > longest) {
      throw bad(name, "does not have 1 to " + longest + " characters");
    }
    return value;
  }

  /// Text that a constructor of the vocabulary judges.
  <T> T word(String name, Function<String, T> constructor, String meaning) {
    String value = text(name, 100);
    try {
      return constructor.apply(value);
    } catch (IllegalArgumentException _) {
      throw bad(name, "is not " + meaning);
    }
  }

  long number(String name, long least, long most) {
    JsonNode node = take(name);
    if (!node.isIntegralNumber()) {
      throw bad(name, "is not a whole number");
    }
    if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
      throw bad(name, "is not within " + least + " to " + most);
    }
    return node.longValue();
  }

  boolean truth(String name) {
    JsonNode node = take(name);
    if (!node.isBoolean()) {
      throw bad(name, "is neither true nor false");
    }
    return node.booleanValue();
  }

  Tenge money(String name, long least, long most) {
    return new Tenge(number(name, least, most));
  }

  Duration millis(String name, Duration longest) {
    return Duration.ofMillis(number(name, 0, longest.toMillis()));
  }

  Instant instant(String name) {
    String value = text(name, INSTANT, "a time in UTC such as 2026-11-24T04:00:00.000Z");
    try {
      return Instant.parse(value);
    } catch (DateTimeException _) {
      throw bad(name, "is not a time that exists");
    }
  }

  BigDecimal decimal(String name, Pattern form, String meaning) {
    return new BigDecimal(text(name, form, meaning));
  }

  Fields object(String name) {
    JsonNode node = take(name);
    if (!(node instanceof ObjectNode inner)) {
      throw bad(name, "is not a JSON object");
    }
    return new Fields(at(name), inner);
  }

  <T> List<T> objects(String name, int most, Function<Fields, T> reader) {
    JsonNode node = array(name, most);
    List<T> read = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      String place = at(name) + "[" + i + "]";
      if (!(node.get(i) instanceof ObjectNode inner)) {
        throw new MalformedMessageException(place, "is not a JSON object");
      }
      Fields fields = new Fields(place, inner);
      read.add(reader.apply(fields));
      fields.end();
    }
    return read;
  }

  List<String> texts(String name, int most, Pattern form, String meaning) {
    JsonNode node = array(name, most);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      JsonNode element = node.get(i);
      if (!element.isString() || !form.matcher(element.stringValue()).matches()) {
        throw new MalformedMessageException(at(name) + "[" + i + "]", "is not " + meaning);
      }
      read.add(element.stringValue());
    }
    return read;
  }

  Optional<List<String>> optionalTexts(String name, int most, Pattern form, String meaning) {
    return object.has(name) ? Optional.of(texts(name, most, form, meaning)) : Optional.empty();
  }

  Optional<String> optionalText(String name, int longest) {
    return object.has(name) ? Optional.of(text(name, longest)) : Optional.empty();
  }

  Optional<Instant> optionalInstant(String name) {
    return object.has(name) ? Optional.of(instant(name)) : Optional.empty();
  }

  /// An amount that may be below zero.
  Optional<Tenge> optionalMoney(String name) {
    return object.has(name)
        ? Optional.of(money(name, Long.MIN_VALUE, Long.MAX_VALUE))
        : Optional.empty();
  }

  /// The texts of an object that has only texts; their names and forms are for the caller.
  Map<String, String> textsByName(String name, int most, int longest) {
    Fields inner = object(name);
    if (inner.object.size() > most) {
      throw bad(name, "has more than " + most + " fields");
    }
    Map<String, String> texts = new HashMap<>();
    for (String key : inner.object.propertyNames()) {
      JsonNode node = inner.take(key);
      if (!node.isString() || node.stringValue().length() > longest) {
        throw bad(name, "has something that is not a text of at most " + longest + " characters");
      }
      texts.put(key, node.stringValue());
    }
    return texts;
  }

  MalformedMessageException bad(String name, String why) {
    return new MalformedMessageException(at(name), why);
  }

  private JsonNode array(String name, int most) {
    JsonNode node = take(name);
    if (!node.isArray()) {
      throw bad(name, "is not a JSON array");
    }
    if (node.size() > most) {
      throw bad(name, "has more than " + most + " elements");
    }
    return node;
  }

  private JsonNode take(String name) {
    taken.add(name);
    @Nullable JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      throw bad(name, "is missing");
    }
    return node;
  }

  private String at(String name) {
    return path + "." + name;
  }

  /// An unknown name is the sender's text: it is cut, and digits are hidden.
  private static String printable(String name) {
    String cut = name.length() > 40 ? name.substring(0, 40) + "…" : name;
    return cut.replaceAll("[^A-Za-z_…-]", "?");
  }
}
