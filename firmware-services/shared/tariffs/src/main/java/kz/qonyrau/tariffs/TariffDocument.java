package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The written form of a price list.
final class TariffDocument {

  private static final int LONGEST = 1 << 20;
  private static final int MOST_LINES = 100;
  private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final Pattern SUM = Pattern.compile("-?[0-9]{1,9}\\.[0-9]{2}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TariffDocument() {}

  static TariffVersion read(byte[] json) {
    if (json.length > LONGEST) {
      throw new InvalidTariffException("document", "is longer than 1 MiB");
    }
    JsonNode root = tree(json);
    requireFields(root, "document", Set.of("version", "publishedAt", "lines"));
    JsonNode array = root.path("lines");
    if (!array.isArray() || array.size() > MOST_LINES) {
      throw new InvalidTariffException("lines", "must be a list of 1 to " + MOST_LINES + " lines");
    }
    List<TariffLine> lines = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        lines.add(line(array.path(i)));
      } catch (InvalidTariffException fault) {
        throw fault.within("lines[" + i + "]");
      }
    }
    return new TariffVersion(text(root, "version"), instant(root, "publishedAt"), lines);
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException fault) {
      throw new InvalidTariffException("document", "is not JSON: " + fault.getOriginalMessage());
    }
  }

  private static TariffLine line(JsonNode node) {
    requireFields(node, "line", Set.of("service", "price", "unit", "step", "minimum"));
    return new TariffLine(
        service(node),
        duration(node, "step"),
        new BigDecimal(matching(node, "price", PRICE, "must be a decimal number in quotes")),
        duration(node, "unit"),
        Tenge.of(matching(node, "minimum", SUM, "must be a sum with two decimals in quotes")));
  }

  private static void requireFields(JsonNode node, String what, Set<String> fields) {
    if (!node.isObject()) {
      throw new InvalidTariffException(what, "must be an object");
    }
    for (String name : new TreeSet<>(node.propertyNames())) {
      if (!fields.contains(name)) {
        throw new InvalidTariffException(abbreviated(name), "is not a field of a price list");
      }
    }
    for (String name : new TreeSet<>(fields)) {
      if (!node.has(name)) {
        throw new InvalidTariffException(name, "is missing");
      }
    }
  }

  private static String abbreviated(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw new InvalidTariffException(field, "must be a text");
    }
    return value.stringValue();
  }

  private static String matching(JsonNode node, String field, Pattern form, String otherwise) {
    String value = text(node, field);
    if (!form.matcher(value).matches()) {
      throw new InvalidTariffException(field, otherwise);
    }
    return value;
  }

  private static ServiceCode service(JsonNode node) {
    String name = text(node, "service");
    for (ServiceCode code : ServiceCode.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    throw new InvalidTariffException("service", "is not a service code");
  }

  private static Duration duration(JsonNode node, String field) {
    try {
      return Duration.parse(text(node, field));
    } catch (DateTimeException fault) {
      throw unreadable(field, "must be a length of time, for example PT1M", fault);
    }
  }

  private static Instant instant(JsonNode node, String field) {
    try {
      return Instant.parse(text(node, field));
    } catch (DateTimeException fault) {
      throw unreadable(field, "must be an instant, for example 2026-01-01T00:00:00Z", fault);
    }
  }

  private static InvalidTariffException unreadable(
      String field, String otherwise, DateTimeException fault) {
    InvalidTariffException unreadable = new InvalidTariffException(field, otherwise);
    unreadable.initCause(fault);
    return unreadable;
  }
}
