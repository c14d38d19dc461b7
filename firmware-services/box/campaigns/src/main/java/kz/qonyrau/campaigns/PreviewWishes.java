package kz.qonyrau.campaigns;

import java.util.Optional;

/// What a person knows better than the detection; an empty wish leaves it to the detection.
public record PreviewWishes(
    Optional<TextEncoding> encoding, Optional<Delimiter> delimiter, Optional<Boolean> header) {

  /// Everything is left to the detection.
  public static final PreviewWishes NONE =
      new PreviewWishes(Optional.empty(), Optional.empty(), Optional.empty());
}
