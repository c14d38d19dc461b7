package kz.qonyrau.campaigns;

import java.util.List;

/// A row of an upload as it would be imported.
///
/// @param line the line of the file on which the row begins, counted from 1
/// @param cells shortened to what fits on a page
public record PreviewRow(long line, List<String> cells, NumberReading number) {

  public PreviewRow {
    cells = List.copyOf(cells);
  }
}
