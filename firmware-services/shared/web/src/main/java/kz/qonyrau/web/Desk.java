package kz.qonyrau.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
  private final boolean forPeople;
  private final ErrorForm errors;
  private final Map<String, String> scopes = new HashMap<>();
  private final List<Desk> beside = new ArrayList<>();
  private Programs programs = Programs.NONE;
  private Repetitions repetitions = Repetitions.NONE;

  /// @param contract the contract on the class path, for example `openapi/box.yaml`
  /// @param audit what the audit log tells of its operations
  public Desk(String contract, AccessTable access, AuditTable audit) {
    this(contract, access, audit, true, ErrorForm.PROBLEM);
  }

  private Desk(
      String contract, AccessTable access, AuditTable audit, boolean forPeople, ErrorForm errors) {
    this.contract = contract;
    this.access = access;
    this.audit = audit;
    this.forPeople = forPeople;
    this.errors = errors;
  }

  /// A desk at which nobody signs in: what is not open to everybody takes a key.
  public static Desk forPrograms(
      String contract, AccessTable access, AuditTable audit, ErrorForm errors) {
    return new Desk(contract, access, audit, false, errors);
  }

  /// Lets programs come in with a key.
  ///
  /// @param scopes what a key needs, by operation id; what is not there is closed to keys
  public Desk openTo(Programs programs, Map<String, String> scopes, Repetitions repetitions) {
    this.programs = programs;
    this.repetitions = repetitions;
    this.scopes.putAll(scopes);
    return this;
  }

  /// Puts another contract behind the same door.
  public Desk beside(Desk other) {
    beside.add(other);
    return this;
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

  /// Has a check run before some operations, which refuses by throwing a [Problem]. To be called
  /// when they all have their endpoints.
  ///
  /// @throws IllegalArgumentException if one of them has none
  public Desk checking(Set<String> operationIds, Consumer<Asked> check) {
    for (String id : operationIds) {
      Endpoint endpoint = endpoints.get(id);
      if (endpoint == null) {
        throw new IllegalArgumentException("no endpoint for " + id);
      }
      endpoints.put(
          id,
          asked -> {
            check.accept(asked);
            return endpoint.answer(asked);
          });
    }
    return this;
  }

  /// The operations that the door answers itself.
  Set<String> own() {
    return forPeople ? OWN : Set.of();
  }

  boolean isForPeople() {
    return forPeople;
  }

  ErrorForm errors() {
    return errors;
  }

  /// What a key needs for an operation; empty if it is closed to keys.
  Optional<String> scope(String operationId) {
    return Optional.ofNullable(scopes.get(operationId));
  }

  Set<String> scoped() {
    return scopes.keySet();
  }

  Programs programs() {
    return programs;
  }

  Repetitions repetitions() {
    return repetitions;
  }

  /// This desk and those beside it.
  List<Desk> all() {
    List<Desk> all = new ArrayList<>(List.of(this));
    all.addAll(beside);
    return all;
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
