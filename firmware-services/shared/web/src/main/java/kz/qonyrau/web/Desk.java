package kz.qonyrau.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What a console puts behind its door: a contract, who may do what, and an endpoint for each
/// operation. Filled while the program is assembled, by one thread.
public final class Desk {

  /// The operations that the door answers itself; the contract and the table list them all the
  /// same.
  static final Set<String> OWN = Set.of("whoAmI", "signIn", "signOut", "changePassword", "live");

  private final String contract;
  private final AccessTable access;
  private final AuditTable audit;
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Map<String, Long> uploadLimits = new HashMap<>();

  /// @param contract the contract on the class path, for example `openapi/box.yaml`
  /// @param audit what the audit log tells of its operations
  public Desk(String contract, AccessTable access, AuditTable audit) {
    this.contract = contract;
    this.access = access;
    this.audit = audit;
  }

  /// Adds an operation with no body or a JSON body.
  ///
  /// @throws IllegalArgumentException if it has an endpoint already
  public Desk on(String operationId, Endpoint endpoint) {
    if (OWN.contains(operationId) || endpoints.putIfAbsent(operationId, endpoint) != null) {
      throw new IllegalArgumentException("two endpoints for " + operationId);
    }
    return this;
  }

  /// Adds an operation whose body is a file, streamed to disk before the endpoint runs.
  ///
  /// @param limitBytes the largest file that is taken
  public Desk onUpload(String operationId, long limitBytes, Endpoint endpoint) {
    uploadLimits.put(operationId, limitBytes);
    return on(operationId, endpoint);
  }

  String contract() {
    return contract;
  }

  AuditTable audit() {
    return audit;
  }

  AccessTable access() {
    return access;
  }

  Map<String, Endpoint> endpoints() {
    return endpoints;
  }

  Map<String, Long> uploadLimits() {
    return uploadLimits;
  }
}
