package kz.qonyrau.campaigns;

import java.util.Optional;

/// What a person knows better than the detection; an empty wish leaves it to the detection.
///
/// @param encoding of a text file
/// @param delimiter of a text file
/// @param sheet of a workbook, as in [UploadForm.Workbook]
public record PreviewWishes(
    Optional<TextEncoding> encoding,
    Optional<Delimiter> delimiter,
    Optional<Integer> sheet,
    Optional<Boolean> header) {

  /// Everything is left to the detection.
  public static final PreviewWishes NONE =
      new PreviewWishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
