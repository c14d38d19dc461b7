package kz.qonyrau.web;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// An OpenAPI contract that requests are held against.
///
/// The schemas are Vert.x's; the requests are taken apart here, so that a client's mistake costs no
/// stack trace, names the field and comes after the questions who it is and what he may. Safe for
/// use by several threads; nothing blocks.
final class Contract {

  private static final JsonSchemaOptions EVERY_ERROR =
      new JsonSchemaOptions()
          .setBaseUri("app://")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern NAME_IN_QUOTES = Pattern.compile("\"([^\"]{1,60})\"");
  private static final Set<String> STRUCTURE =
      Set.of("properties", "items", "$ref", "allOf", "anyOf", "oneOf");
  private static final int ERRORS_MAX = 20;

  private final OpenAPIContract contract;
  private final SchemaRepository schemas;

  private Contract(OpenAPIContract contract) {
    this.contract = contract;
    this.schemas = contract.getSchemaRepository();
  }

  /// Reads a contract from the class path.
  static Future<Contract> read(Vertx vertx, String resource) {
    return vertx
        .fileSystem()
        .readFile(resource)
        .compose(text -> OpenAPIContract.from(vertx, requestsOf(text)))
        .map(Contract::new);
  }

  /// The contract without its responses: only requests are held against it, and Vert.x refuses a
  /// contract that names a media type it does not know, such as `application/problem+json`.
  private static JsonObject requestsOf(Buffer text) {
    Map<String, Object> document =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(text.toString());
    JsonObject contract = new JsonObject(document);
    JsonObject components = contract.getJsonObject("components");
    components.remove("responses");
    JsonObject paths = contract.getJsonObject("paths");
    JsonObject anything =
        new JsonObject().put("default", new JsonObject().put("description", "Not looked at."));
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        methods.getJsonObject(method).put("responses", anything.copy());
      }
    }
    return contract;
  }

  List<Operation> operations() {
    return contract.operations();
  }

  /// Where its operations are mounted, without a slash at the end.
  String path() {
    Operation any = operations().getFirst();
    String whole = any.getAbsoluteOpenAPIPath();
    return whole.substring(0, whole.length() - any.getOpenAPIPath().length());
  }

  /// The name of the cookie that the contract's `session` scheme declares.
  String cookieName() {
    JsonObject scheme =
        contract
            .getRawContract()
            .getJsonObject("components")
            .getJsonObject("securitySchemes")
            .getJsonObject("session");
    return scheme.getString("name");
  }

  /// Turns the parameters of a request into values.
  ///
  /// @throws Problem 400 naming every parameter that is missing, unknown or out of range
  Map<String, Object> parameters(Operation operation, Map<String, String> path, MultiMap query) {
    List<Problem.Field> wrong = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    Map<String, Parameter> known = new LinkedHashMap<>();
    for (Parameter parameter : operation.getParameters()) {
      known.put(parameter.getName(), parameter);
      List<String> given =
          switch (parameter.getIn()) {
            case PATH -> {
              String value = path.get(parameter.getName());
              yield value == null ? List.of() : List.of(value);
            }
            case QUERY -> query.getAll(parameter.getName());
            case HEADER, COOKIE ->
                throw new IllegalStateException("no such parameters here: " + parameter.getName());
          };
      if (given.size() > 1) {
        wrong.add(new Problem.Field(parameter.getName(), "REPEATED", "Must be given once."));
      } else if (!given.isEmpty()) {
        Object value = typed(parameter, given.getFirst());
        List<Problem.Field> errors = check(parameter.getSchema(), value, parameter.getName());
        if (errors.isEmpty()) {
          values.put(parameter.getName(), value);
        }
        wrong.addAll(errors);
      } else if (parameter.isRequired()) {
        wrong.add(new Problem.Field(parameter.getName(), "MISSING", "Must be given."));
      }
    }
    for (String name : Set.copyOf(query.names())) {
      if (!known.containsKey(name)) {
        wrong.add(new Problem.Field(shortened(name), "UNKNOWN", "There is no such parameter."));
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong.subList(0, Math.min(wrong.size(), ERRORS_MAX)));
    }
    return values;
  }

  /// Whether the operation takes a JSON body.
  static boolean takesJson(Operation operation) {
    return jsonBody(operation).isPresent();
  }

  /// Holds a body against its schema.
  ///
  /// @throws Problem 400 naming the fields
  void requireValid(Operation operation, byte[] body) {
    if (body.length == 0) {
      throw Problem.invalid(List.of(new Problem.Field("", "MISSING", "A JSON body must be sent.")));
    }
    kz.qonyrau.web.Json.requireWellFormed(body);
    Object value = Json.decodeValue(Buffer.buffer(body));
    JsonSchema schema = jsonBody(operation).orElseThrow().getSchema();
    List<Problem.Field> errors = check(schema, value, "");
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private static Optional<MediaType> jsonBody(Operation operation) {
    return Optional.ofNullable(operation.getRequestBody())
        .map(body -> body.getContent().get("application/json"));
  }

  private List<Problem.Field> check(JsonSchema schema, @Nullable Object value, String name) {
    OutputUnit result = schemas.validator(schema, EVERY_ERROR).validate(value);
    if (Boolean.TRUE.equals(result.getValid())) {
      return List.of();
    }
    Map<String, Problem.Field> byField = new LinkedHashMap<>();
    List<OutputUnit> units = result.getErrors() == null ? List.of() : result.getErrors();
    for (OutputUnit unit : units) {
      String keyword = lastPart(unit.getKeywordLocation());
      String error = unit.getError() == null ? "" : unit.getError();
      // These only say that something below them is wrong, which is listed too.
      if (STRUCTURE.contains(keyword) || byField.size() >= ERRORS_MAX) {
        continue;
      }
      Problem.Field field = field(name, unit.getInstanceLocation(), keyword, error);
      byField.putIfAbsent(field.field(), field);
    }
    return byField.isEmpty()
        ? List.of(new Problem.Field(name, "INVALID", "Is not as the contract says."))
        : List.copyOf(byField.values());
  }

  private static Problem.Field field(
      String name, @Nullable String location, String keyword, String error) {
    String path = name;
    for (String part : (location == null ? "" : location).split("/", -1)) {
      if (!part.isEmpty() && !part.equals("#")) {
        path = path.isEmpty() ? shortened(part) : path + "." + shortened(part);
      }
    }
    Matcher quoted = NAME_IN_QUOTES.matcher(error);
    boolean namesChild = keyword.equals("required") && quoted.find();
    if (namesChild) {
      path = path.isEmpty() ? quoted.group(1) : path + "." + quoted.group(1);
    }
    return switch (keyword) {
      case "required" -> new Problem.Field(path, "MISSING", "Must be given.");
      case "additionalProperties", "unevaluatedProperties", "false" ->
          new Problem.Field(path, "UNKNOWN", "There is no such field.");
      case "type" -> new Problem.Field(path, "WRONG_TYPE", "Is of another type.");
      case "enum", "const" ->
          new Problem.Field(path, "NOT_ALLOWED", "Is not one of the allowed values.");
      case "minLength", "minItems" -> new Problem.Field(path, "TOO_SHORT", "Is too short.");
      case "maxLength", "maxItems" -> new Problem.Field(path, "TOO_LONG", "Is too long.");
      case "minimum", "exclusiveMinimum" ->
          new Problem.Field(path, "TOO_SMALL", "Is below the smallest value.");
      case "maximum", "exclusiveMaximum" ->
          new Problem.Field(path, "TOO_LARGE", "Is above the largest value.");
      case "pattern", "format" -> new Problem.Field(path, "WRONG_FORM", "Has another form.");
      case "uniqueItems" -> new Problem.Field(path, "REPEATED", "Holds a value twice.");
      default -> new Problem.Field(path, "INVALID", "Is not as the contract says.");
    };
  }

  private static Object typed(Parameter parameter, String text) {
    return switch (parameter.getSchemaType()) {
      case INTEGER -> WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
      case BOOLEAN ->
          text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
      case STRING, NUMBER, ARRAY, OBJECT -> text;
    };
  }

  private static String lastPart(@Nullable String location) {
    return location == null ? "" : location.substring(location.lastIndexOf('/') + 1);
  }

  private static String shortened(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_.-]", "?");
    return clean.length() > 60 ? clean.substring(0, 60) : clean;
  }
}
