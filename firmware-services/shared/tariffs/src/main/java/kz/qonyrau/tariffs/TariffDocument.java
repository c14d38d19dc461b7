package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The written form of a price list.
final class TariffDocument {

  private static final int LONGEST = 1 << 20;
  private static final int MOST_LINES = 100;
  private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final Pattern SUM = Pattern.compile("-?[0-9]{1,9}\\.[0-9]{2}");
  private static final Set<String> OF_A_LIST = Set.of("version", "publishedAt", "lines");
  private static final Set<String> MAY_BE_LEFT_OUT = Set.of("currency", "conditions");
  private static final Set<String> OF_A_LINE =
      Set.of("service", "price", "unit", "step", "minimum");

  private static final Set<String> OF_A_BENEFIT =
      Set.of("benefit", "prepayment", "firstDay", "lastDay", "lines");
  private static final Set<String> OF_A_BENEFIT_LINE = Set.of("service", "price");

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
    requireFields(root, "document", OF_A_LIST, MAY_BE_LEFT_OUT);
    requireTenge(root);
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
    Optional<String> conditions =
        root.has("conditions") ? Optional.of(text(root, "conditions")) : Optional.empty();
    return new TariffVersion(
        text(root, "version"), instant(root, "publishedAt"), conditions, lines);
  }

  static byte[] write(TariffVersion version) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", version.id());
    root.put("publishedAt", version.publishedAt().toString());
    root.put("currency", TariffVersion.CURRENCY);
    version.conditions().ifPresent(text -> root.put("conditions", text));
    ArrayNode lines = root.putArray("lines");
    for (TariffLine line : version.lines()) {
      ObjectNode node = lines.addObject();
      node.put("service", line.service().name());
      node.put("price", line.price().toPlainString());
      switch (line.billing()) {
        case BillingUnit.Time(Duration unit, Duration step) ->
            node.put("unit", unit.toString()).put("step", step.toString());
        case BillingUnit.Pieces(long unit, long step) -> node.put("unit", unit).put("step", step);
      }
      node.put("minimum", line.minimum().toString());
    }
    return JSON.writeValueAsBytes(root);
  }

  static BenefitTerms readBenefit(byte[] json) {
    if (json.length > LONGEST) {
      throw new InvalidTariffException("document", "is longer than 1 MiB");
    }
    JsonNode root = tree(json);
    requireFields(root, "document", OF_A_BENEFIT, Set.of());
    JsonNode array = root.path("lines");
    if (!array.isArray() || array.size() > MOST_LINES) {
      throw new InvalidTariffException("lines", "must be a list of 1 to " + MOST_LINES + " lines");
    }
    List<BenefitLine> lines = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        lines.add(benefitLine(array.path(i)));
      } catch (InvalidTariffException fault) {
        throw fault.within("lines[" + i + "]");
      }
    }
    String id = text(root, "benefit");
    TariffVersion.requireName("benefit", id);
    return new BenefitTerms(
        id,
        Tenge.of(matching(root, "prepayment", SUM, "must be a sum with two decimals in quotes")),
        day(root, "firstDay"),
        day(root, "lastDay"),
        lines);
  }

  private static BenefitLine benefitLine(JsonNode node) {
    requireFields(node, "line", OF_A_BENEFIT_LINE, Set.of("committed"));
    ServiceCode service = service(node);
    Optional<Quantity> committed =
        !node.has("committed")
            ? Optional.empty()
            : Optional.of(
                service.isTimed()
                    ? Quantity.of(duration(node, "committed"))
                    : Quantity.of(pieces(node, "committed")));
    return new BenefitLine(
        service,
        new BigDecimal(matching(node, "price", PRICE, "must be a decimal number in quotes")),
        committed);
  }

  static byte[] write(BenefitTerms terms) {
    ObjectNode root = JSON.createObjectNode();
    root.put("benefit", terms.id());
    root.put("prepayment", terms.prepayment().toString());
    root.put("firstDay", terms.firstDay().toString());
    root.put("lastDay", terms.lastDay().toString());
    ArrayNode lines = root.putArray("lines");
    for (BenefitLine line : terms.lines()) {
      ObjectNode node = lines.addObject();
      node.put("service", line.service().name());
      node.put("price", line.price().toPlainString());
      line.committed()
          .ifPresent(volume -> {
            switch (volume) {
              case Quantity.Time(Duration time) -> node.put("committed", time.toString());
              case Quantity.Pieces(long pieces) -> node.put("committed", pieces);
            }
          });
    }
    return JSON.writeValueAsBytes(root);
  }

  private static LocalDate day(JsonNode node, String field) {
    try {
      return LocalDate.parse(text(node, field));
    } catch (DateTimeException fault) {
      throw unreadable(field, "must be a day, for example 2026-09-01", fault);
    }
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException fault) {
      throw new InvalidTariffException("document", "is not JSON: " + fault.getOriginalMessage());
    }
  }

  private static void requireTenge(JsonNode root) {
    if (root.has("currency") && !text(root, "currency").equals(TariffVersion.CURRENCY)) {
      throw new InvalidTariffException(
          "currency",
          "must be " + TariffVersion.CURRENCY + ", not " + abbreviated(text(root, "currency")));
    }
  }

  private static TariffLine line(JsonNode node) {
    requireFields(node, "line", OF_A_LINE, Set.of());
    ServiceCode service = service(node);
    BillingUnit billing =
        service.isTimed()
            ? new BillingUnit.Time(duration(node, "unit"), duration(node, "step"))
            : new BillingUnit.Pieces(pieces(node, "unit"), pieces(node, "step"));
    return new TariffLine(
        service,
        billing,
        new BigDecimal(matching(node, "price", PRICE, "must be a decimal number in quotes")),
        Tenge.of(matching(node, "minimum", SUM, "must be a sum with two decimals in quotes")));
  }

  private static void requireFields(
      JsonNode node, String what, Set<String> fields, Set<String> others) {
    if (!node.isObject()) {
      throw new InvalidTariffException(what, "must be an object");
    }
    for (String name : new TreeSet<>(node.propertyNames())) {
      if (!fields.contains(name) && !others.contains(name)) {
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
    return ServiceCode.find(text(node, "service"))
        .orElseThrow(() -> new InvalidTariffException("service", "is not a service code"));
  }

  private static long pieces(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new InvalidTariffException(field, "must be a whole number of pieces, without quotes");
    }
    return value.longValue();
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
