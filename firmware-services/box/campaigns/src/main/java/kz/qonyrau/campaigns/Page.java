package kz.qonyrau.campaigns;

import java.util.List;

/// A part of something long.
///
/// @param total how many there are on all pages
public record Page<T>(long total, List<T> items) {

  public Page {
    items = List.copyOf(items);
  }
}
