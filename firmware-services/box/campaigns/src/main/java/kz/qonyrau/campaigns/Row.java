package kz.qonyrau.campaigns;

import java.util.List;

/// A row of an upload: its cells, or why it has none that can be trusted.
sealed interface Row {

  /// The line of the file on which the row begins, counted from 1.
  long line();

  /// The beginning of the row as it stands in the file, for a person to recognise it.
  String text();

  record Cells(long line, String text, List<String> cells) implements Row {}

  record Broken(long line, String text, RejectCode code, String detail) implements Row {}
}
