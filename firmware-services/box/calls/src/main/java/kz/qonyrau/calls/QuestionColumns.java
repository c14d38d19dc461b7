package kz.qonyrau.calls;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.calls.TurnResult.By;
import org.jspecify.annotations.Nullable;

/// How a question's result stands in its columns.
///
/// @param result null if nothing was asked
record QuestionColumns(
    @Nullable String result,
    @Nullable String choice,
    @Nullable String language,
    @Nullable String with) {

  static QuestionColumns of(Optional<TurnResult> result) {
    if (result.isEmpty()) {
      return new QuestionColumns(null, null, null, null);
    }
    return switch (result.get()) {
      case TurnResult.Answered(var choice, var language, By by) ->
          new QuestionColumns(
              "ANSWERED",
              choice.orElse(null),
              language.map(Locale::getLanguage).orElse(null),
              by.name());
      case TurnResult.Silent _ -> plain("SILENT");
      case TurnResult.NotUnderstood _ -> plain("NOT_UNDERSTOOD");
      case TurnResult.Unheard _ -> plain("UNHEARD");
      case TurnResult.CutOff _ -> plain("CUT_OFF");
    };
  }

  private static QuestionColumns plain(String result) {
    return new QuestionColumns(result, null, null, null);
  }

  static Optional<TurnResult> read(ResultSet row) throws SQLException {
    String result = row.getString("question_result");
    if (result == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (result) {
          case "ANSWERED" ->
              new TurnResult.Answered(
                  Optional.ofNullable(row.getString("choice")),
                  Optional.ofNullable(row.getString("answer_language")).map(Locale::of),
                  By.valueOf(row.getString("answered_with")));
          case "SILENT" -> new TurnResult.Silent();
          case "NOT_UNDERSTOOD" -> new TurnResult.NotUnderstood();
          case "UNHEARD" -> new TurnResult.Unheard();
          case "CUT_OFF" -> new TurnResult.CutOff();
          default -> throw new SQLException("no result of a question: " + result);
        });
  }
}
