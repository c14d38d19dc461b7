package kz.qonyrau.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A contract as it is written, to be shown.
public final class ContractText {

  private ContractText() {}

  /// Reads a contract from the class path. Blocks for some milliseconds.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Map<String, Object> read(String resource) {
    try (InputStream text = ContractText.class.getClassLoader().getResourceAsStream(resource)) {
      if (text == null) {
        throw new IllegalArgumentException("no contract " + resource);
      }
      return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// An object inside an object.
  public static Map<String, Object> inside(Map<String, Object> object, String name) {
    return map(object.getOrDefault(name, Map.of()));
  }

  /// An object of a contract, whose names are text.
  public static Map<String, Object> map(Object object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> map) {
      map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    }
    return copy;
  }
}
