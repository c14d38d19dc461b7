package kz.qonyrau.campaigns;

import java.util.List;

/// A part of something long.
///
/// @param total how many there are on all pages
public record Page<T>(long total, List<T> items) {

  public Page {
    items = List.copyOf(items);
  }

  /// @throws IllegalArgumentException if there is no such page
  static void require(int page, int size) {
    if (page < 0 || size < 1 || size > 1000) {
      throw new IllegalArgumentException("not a page: " + page + " of size " + size);
    }
  }
}
