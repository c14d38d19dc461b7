package kz.qonyrau.callbacks;

import java.util.List;

/// Some of those who asked the provider and were told of a campaign of this box, newest first.
///
/// @param total how many there are in all
public record InquiryPage(long total, List<Inquiry> items) {

  public InquiryPage {
    items = List.copyOf(items);
  }
}
