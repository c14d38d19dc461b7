package kz.qonyrau.console;

import java.util.LinkedHashMap;
import java.util.Map;
import kz.qonyrau.web.ContractText;

/// What programs can do with a key, made of the very contracts that requests are held against
/// (SH-API-01): operations that are closed to keys are left out, and each names its scope.
final class ApiDescription {

  private final Map<String, Object> own;
  private final Map<String, Object> compatible;

  ApiDescription() {
    this.own = described(ContractText.read("openapi/box.yaml"), BoxScopes.own());
    this.compatible =
        described(ContractText.read("openapi/compatible.yaml"), BoxScopes.compatible());
  }

  Map<String, Object> of(String contract) {
    return contract.equals("COMPATIBLE") ? compatible : own;
  }

  private static Map<String, Object> described(
      Map<String, Object> contract, Map<String, String> scopes) {
    Map<String, Object> paths = new LinkedHashMap<>();
    ContractText.inside(contract, "paths")
        .forEach((path, methods) -> {
          Map<String, Object> open = new LinkedHashMap<>();
          ContractText.map(methods)
              .forEach((method, operation) -> {
                Map<String, Object> described = new LinkedHashMap<>(ContractText.map(operation));
                String id = String.valueOf(described.get("operationId"));
                boolean forAll = path.startsWith("/public/");
                if (scopes.containsKey(id)) {
                  described.put("x-scope", scopes.get(id));
                }
                if (scopes.containsKey(id) || forAll) {
                  open.put(method, described);
                }
              });
          if (!open.isEmpty()) {
            paths.put(path, open);
          }
        });
    Map<String, Object> document = new LinkedHashMap<>(contract);
    document.put("paths", paths);
    return document;
  }
}
