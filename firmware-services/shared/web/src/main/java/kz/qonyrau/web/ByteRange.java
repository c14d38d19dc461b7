package kz.qonyrau.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The part of a content that a `Range` header asks for.
///
/// @param from the first byte
/// @param to the last byte, at least `from`
record ByteRange(long from, long to) {

  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /// What a header means for a content of `length` bytes: empty if it is to be ignored, as a list
  /// of several ranges or another unit is.
  ///
  /// @throws Problem 416 if no byte of it exists
  static Optional<ByteRange> of(@Nullable String header, long length) {
    Matcher matcher = header == null ? null : ONE.matcher(header);
    if (matcher == null || !matcher.matches()) {
      return Optional.empty();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return Optional.empty();
    }
    long from;
    long to = length - 1;
    if (first.isEmpty()) {
      from = Math.max(0, length - Long.parseLong(last));
    } else {
      from = Long.parseLong(first);
      to = last.isEmpty() ? to : Math.min(to, Long.parseLong(last));
      if (!last.isEmpty() && Long.parseLong(last) < from) {
        return Optional.empty();
      }
    }
    if (from >= length) {
      throw new Problem(416, "RANGE_NOT_SATISFIABLE", "There are only " + length + " bytes.");
    }
    return Optional.of(new ByteRange(from, to));
  }

  long length() {
    return to - from + 1;
  }
}
