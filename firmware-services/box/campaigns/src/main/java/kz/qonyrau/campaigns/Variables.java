package kz.qonyrau.campaigns;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/// A contact's values as one column of the table: a JSON array in the order of the list's keys.
final class Variables {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Variables() {}

  static String write(List<String> values) {
    return JSON.writeValueAsString(values);
  }

  static List<String> read(String json) {
    return List.of(JSON.readValue(json, String[].class));
  }

  static Map<String, String> byKey(List<String> keys, String json) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    Iterator<String> value = read(json).iterator();
    for (String key : keys) {
      String held = value.hasNext() ? value.next() : "";
      var _ = values.put(key, held);
    }
    return values;
  }
}
