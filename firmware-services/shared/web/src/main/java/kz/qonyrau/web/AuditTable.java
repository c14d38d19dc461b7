package kz.qonyrau.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.AuditAction;

/// What the audit log tells of each operation (PLT-18): a line per operation that changes something
/// or gives something away. [Door] refuses to open if an operation that is no GET stands neither
/// here nor among those that leave everything as it is. Filled while the program is assembled.
///
/// Objects, reasons and details are templates: `{name}` is a parameter or a field of the JSON body,
/// a path like `limits.channels` included; of a list its length is told, and of what is missing
/// nothing. None may name a field with a subscriber's number, a text that is spoken, or a password.
public final class AuditTable {

  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9._]+)}");

  private record Trace(
      AuditAction action, String object, String reason, String detail, boolean inPieces) {}

  private final Map<String, Trace> traces = new HashMap<>();
  private final Set<String> untold = new HashSet<>();

  /// An operation of which the action says all.
  public AuditTable tells(String operation, AuditAction action) {
    return tells(operation, action, "", "", "");
  }

  /// An operation on an object.
  ///
  /// @param object for example `campaign/{campaignId}`
  public AuditTable tells(String operation, AuditAction action, String object) {
    return tells(operation, action, object, "", "");
  }

  /// An operation with a reason and details.
  public AuditTable tells(
      String operation, AuditAction action, String object, String reason, String detail) {
    return put(operation, new Trace(action, object, reason, detail, false));
  }

  /// An operation that a player asks for piece by piece: the same within a few minutes is told
  /// once.
  public AuditTable plays(String operation, AuditAction action, String object) {
    return put(operation, new Trace(action, object, "", "", true));
  }

  private AuditTable put(String operation, Trace trace) {
    if (untold.contains(operation) || traces.putIfAbsent(operation, trace) != null) {
      throw new IllegalArgumentException("twice in the audit table: " + operation);
    }
    return this;
  }

  /// Operations that are no GET and leave everything as it is, or whose own rows are a log.
  public AuditTable changesNothing(String... operations) {
    for (String operation : operations) {
      if (traces.containsKey(operation) || !untold.add(operation)) {
        throw new IllegalArgumentException("twice in the audit table: " + operation);
      }
    }
    return this;
  }

  Set<String> operations() {
    Set<String> all = new HashSet<>(traces.keySet());
    all.addAll(untold);
    return all;
  }

  boolean isInPieces(String operation) {
    Trace trace = traces.get(operation);
    return trace != null && trace.inPieces;
  }

  /// What the log is to be told before this is done, if anything.
  Optional<Act> act(Asked asked) {
    return Optional.ofNullable(traces.get(asked.operationId()))
        .map(trace ->
            new Act(
                asked.actor(),
                trace.action,
                filled(trace.object, asked),
                filled(trace.reason, asked),
                filled(trace.detail, asked)));
  }

  private static String filled(String template, Asked asked) {
    return NAME.matcher(template)
        .replaceAll((MatchResult name) -> Matcher.quoteReplacement(asked.told(name.group(1))));
  }
}
