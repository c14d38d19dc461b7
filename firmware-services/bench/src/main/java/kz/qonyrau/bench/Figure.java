package kz.qonyrau.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a benchmark found.
///
/// @param value the figure, in `unit`
/// @param baseline the same figure of what it is compared with, measured in the same run
/// @param of what the baseline is, in words
/// @param ratio how the two compare
/// @param ratioMeans what is divided by what
/// @param details further figures by name; the unit ends the name
record Figure(
    String name,
    double value,
    String unit,
    double baseline,
    String of,
    double ratio,
    String ratioMeans,
    Map<String, Double> details) {

  private static final JsonMapper JSON = new JsonMapper();

  Figure {
    details = new LinkedHashMap<>(details);
  }

  String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("bench", name);
    node.put("value", rounded(value));
    node.put("unit", unit);
    node.put("baseline", rounded(baseline));
    node.put("baselineIs", of);
    node.put("ratio", rounded(ratio));
    node.put("ratioIs", ratioMeans);
    details.forEach((key, detail) -> node.put(key, rounded(detail)));
    return node.toString();
  }

  private static double rounded(double number) {
    return Math.round(number * 1000) / 1000.0;
  }
}
