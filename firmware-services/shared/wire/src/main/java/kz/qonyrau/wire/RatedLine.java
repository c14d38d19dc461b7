package kz.qonyrau.wire;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.databind.node.ObjectNode;

/// One priced service of a usage report. Its texts are codes whose forms leave no room for a
/// telephone number (PLT-24).
///
/// @param service the tariff's service code, for example `CALL_TIME`
/// @param quantity how much, in `unit`, 0 to 999 999 999
/// @param unit what is counted, for example `SECOND`
/// @param unitPrice KZT per unit, at most 4 decimals, below 100 000
/// @param amount what it costs, below 10 million KZT
/// @param tariff the version that priced it: a letter, then letters, digits and `._-`, at most 64
///   characters, never more than 9 digits on end even when `._-` are left out
public record RatedLine(
    String service, long quantity, String unit, BigDecimal unitPrice, Tenge amount, String tariff) {

  static final long MOST = 999_999_999;

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,31}");
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,4})?");
  private static final Pattern TARIFF =
      Pattern.compile("(?!.*(?:[0-9][._-]*){10})[A-Za-z][A-Za-z0-9._-]{0,63}");

  /// @throws MalformedMessageException if a component is not of its form
  public RatedLine {
    require("service", CODE.matcher(service).matches(), "is not a service code");
    require("quantity", quantity >= 0 && quantity <= MOST, "is not within 0 to " + MOST);
    require("unit", CODE.matcher(unit).matches(), "is not a unit");
    require(
        "unitPrice",
        PRICE.matcher(unitPrice.toPlainString()).matches(),
        "is not a price below 100000 with at most 4 decimals");
    require(
        "amountTiyn", amount.tiyn() >= 0 && amount.tiyn() <= MOST, "is not within 0 to " + MOST);
    require("tariff", TARIFF.matcher(tariff).matches(), "is not the name of a tariff version");
  }

  static RatedLine read(Fields fields) {
    return new RatedLine(
        fields.text("service", CODE, "a service code"),
        fields.number("quantity", 0, MOST),
        fields.text("unit", CODE, "a unit"),
        fields.decimal("unitPrice", PRICE, "a price below 100000 with at most 4 decimals"),
        fields.money("amountTiyn", 0, MOST),
        fields.text("tariff", TARIFF, "the name of a tariff version"));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("service", service);
    node.put("quantity", quantity);
    node.put("unit", unit);
    node.put("unitPrice", unitPrice.toPlainString());
    node.put("amountTiyn", amount.tiyn());
    node.put("tariff", tariff);
    return node;
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("line." + field, otherwise);
    }
  }
}
