package kz.qonyrau.calls;

import java.util.List;

/// One page of the call log.
///
/// @param total how many calls the filter matches
public record CallPage(long total, List<PlacedCall> items) {

  public CallPage {
    items = List.copyOf(items);
  }
}
