package kz.qonyrau.wire;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What a suspension covers: no more than it must (SH-SUS-02).
public sealed interface SuspensionScope {

  /// Everything that is billable.
  record Everything() implements SuspensionScope {}

  /// One module, and nothing else.
  ///
  /// @param name as in the license
  record Module(String name) implements SuspensionScope {

    /// @throws MalformedMessageException if it is not of its form
    public Module {
      if (!LicenseDocument.MODULE.matcher(name).matches()) {
        throw new MalformedMessageException("suspension.module", "is not a lower-case word");
      }
    }
  }

  /// One trunk; the others, and everything else, go on.
  ///
  /// @param id as the box names it
  record Trunk(String id) implements SuspensionScope {

    static final Pattern ID = Pattern.compile("t[0-9a-f]{8}");

    /// @throws MalformedMessageException if it is not of its form
    public Trunk {
      if (!ID.matcher(id).matches()) {
        throw new MalformedMessageException(
            "suspension.trunk", "is not a t and eight hexadecimal digits");
      }
    }
  }

  /// What two names mean of which at most one is given.
  ///
  /// @throws MalformedMessageException if both are given, or one is not of its form
  static SuspensionScope of(Optional<String> module, Optional<String> trunk) {
    if (module.isPresent() && trunk.isPresent()) {
      throw new MalformedMessageException("suspension.trunk", "is named beside a module");
    }
    return trunk
        .<SuspensionScope>map(Trunk::new)
        .or(() -> module.map(Module::new))
        .orElseGet(Everything::new);
  }

  /// The module, if it is one.
  default Optional<String> module() {
    return this instanceof Module(String name) ? Optional.of(name) : Optional.empty();
  }

  /// The trunk, if it is one.
  default Optional<String> trunk() {
    return this instanceof Trunk(String id) ? Optional.of(id) : Optional.empty();
  }

  /// Whether this module may not be used at all.
  default boolean covers(String module) {
    return switch (this) {
      case Everything _ -> true;
      case Module(String name) -> name.equals(module);
      case Trunk _ -> false;
    };
  }

  static SuspensionScope read(Fields fields) {
    return of(fields.optionalText("module", 40), fields.optionalText("trunk", 40));
  }

  default void write(ObjectNode node) {
    module().ifPresent(name -> node.put("module", name));
    trunk().ifPresent(id -> node.put("trunk", id));
  }
}
