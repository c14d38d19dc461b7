package kz.qonyrau.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which roles may do what: a line per operation of the contract. What is not in the table, nobody
/// may do, and [Door] refuses to open for a contract with an operation that has no line.
public final class AccessTable {

  private final Map<String, Set<String>> rolesByOperation;
  private final Set<String> open;

  /// @param rolesByOperation the roles by operation id
  /// @param open the operations for everybody, signed in or not
  public AccessTable(Map<String, Set<String>> rolesByOperation, Set<String> open) {
    Map<String, Set<String>> copy = new HashMap<>();
    rolesByOperation.forEach((operation, roles) -> copy.put(operation, Set.copyOf(roles)));
    this.rolesByOperation = Map.copyOf(copy);
    this.open = Set.copyOf(open);
    for (String operation : open) {
      if (rolesByOperation.containsKey(operation)) {
        throw new IllegalArgumentException("both open and for roles: " + operation);
      }
    }
  }

  public boolean isOpen(String operationId) {
    return open.contains(operationId);
  }

  public boolean allows(String operationId, String role) {
    return open.contains(operationId)
        || rolesByOperation.getOrDefault(operationId, Set.of()).contains(role);
  }

  boolean knows(String operationId) {
    return open.contains(operationId) || rolesByOperation.containsKey(operationId);
  }

  Set<String> operations() {
    Set<String> all = new java.util.HashSet<>(rolesByOperation.keySet());
    all.addAll(open);
    return all;
  }
}
