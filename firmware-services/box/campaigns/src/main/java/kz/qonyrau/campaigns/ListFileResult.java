package kz.qonyrau.campaigns;

/// What became of a file that was to be kept beside a list.
public sealed interface ListFileResult {

  /// It is kept. One that was kept before under the same id is found again so.
  record Kept(ListFile file) implements ListFileResult {}

  /// There is no such list.
  record NoSuchList() implements ListFileResult {}

  /// It has no bytes.
  record Empty() implements ListFileResult {}

  /// It is neither a PDF nor a JPEG nor a PNG picture.
  record OtherKind() implements ListFileResult {}

  /// It is larger than [ListFiles#LARGEST_BYTES].
  record TooLarge() implements ListFileResult {}

  /// The list has [ListFiles#MOST_FILES] already.
  record TooMany() implements ListFileResult {}

  /// With it the list's files would have more than [ListFiles#MOST_BYTES].
  ///
  /// @param freeBytes how large it may be
  record Full(long freeBytes) implements ListFileResult {}
}
