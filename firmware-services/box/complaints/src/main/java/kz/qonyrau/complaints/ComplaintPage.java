package kz.qonyrau.complaints;

import java.util.List;

/// A part of the complaints, the newest first.
///
/// @param total how many there are on all pages
/// @param waiting how many of all complaints wait for an answer
public record ComplaintPage(long total, List<Complaint> items, long waiting) {

  public ComplaintPage {
    items = List.copyOf(items);
  }
}
