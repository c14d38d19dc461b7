package kz.qonyrau.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a desk says no.
public enum ErrorForm {

  /// `application/problem+json` with a code.
  PROBLEM {
    @Override
    int status(Problem problem) {
      return problem.status();
    }

    @Override
    String mediaType() {
      return "application/problem+json";
    }

    @Override
    Map<String, Object> body(Problem problem) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("status", problem.status());
      body.put("code", problem.code());
      body.put("detail", problem.detail());
      if (!problem.fields().isEmpty()) {
        body.put("errors", problem.fields());
      }
      return body;
    }
  },

  /// `{message, errors: {field: [text]}}`, as programs know it that were written for AutoCall;
  /// whatever is malformed is a 422.
  MESSAGES {
    @Override
    int status(Problem problem) {
      return problem.status() == 400 ? 422 : problem.status();
    }

    @Override
    String mediaType() {
      return "application/json";
    }

    @Override
    Map<String, Object> body(Problem problem) {
      Map<String, List<String>> errors = new LinkedHashMap<>();
      for (Problem.Field field : problem.fields()) {
        errors
            .computeIfAbsent(
                field.field().isEmpty() ? "body" : field.field(), _ -> new ArrayList<>())
            .add(field.detail());
      }
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("message", problem.detail());
      body.put("code", problem.code());
      if (!errors.isEmpty()) {
        body.put("errors", errors);
      }
      return body;
    }
  };

  abstract int status(Problem problem);

  abstract String mediaType();

  abstract Map<String, Object> body(Problem problem);
}
