package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a file that proves something may be. It is what it begins as, whatever its name says.
public enum FileKind {
  PDF("application/pdf", ".pdf", "%PDF-"),
  JPEG("image/jpeg", ".jpg .jpeg", "\u00FF\u00D8\u00FF"),
  PNG("image/png", ".png", "\u0089PNG\r\n\u001A\n");

  private static final int LONGEST_NAME = 120;

  private final String mediaType;
  private final String endings;
  private final String beginning;

  /// @param endings with spaces between them, the usual one first
  /// @param beginning a character for each byte
  FileKind(String mediaType, String endings, String beginning) {
    this.mediaType = mediaType;
    this.endings = endings;
    this.beginning = beginning;
  }

  /// What the bytes are; empty if they are none of these.
  static Optional<FileKind> of(byte[] bytes) {
    for (FileKind kind : values()) {
      if (Upload.startsWith(bytes, kind.beginning.chars().toArray())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  public String mediaType() {
    return mediaType;
  }

  /// How names of such files end, with the dot.
  public String ending() {
    return endings().getFirst();
  }

  private List<String> endings() {
    return List.of(endings.split(" ", -1));
  }

  /// A name as people gave it, without what could mislead whoever sees it or have a file written
  /// elsewhere: folders, characters that are not seen, or turn others around. It ends as such files
  /// do and has 1 to 120 characters.
  String name(String given) {
    int folder = Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\'));
    StringBuilder clean = new StringBuilder();
    given
        .substring(folder + 1)
        .codePoints()
        .forEach(c -> {
          if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
            clean.append(' ');
          } else if (isSeen(c)) {
            clean.appendCodePoint("<>:\"|?*".indexOf(c) < 0 ? c : '_');
          }
        });
    String name = clean.toString().replaceAll("[ .]+$", "");
    String end =
        endings().stream()
            .filter(ending -> name.toLowerCase(Locale.ROOT).endsWith(ending))
            .findFirst()
            .orElse("");
    String base = trimmed(name.substring(0, name.length() - end.length()));
    String ending = end.isEmpty() ? ending() : end;
    int longest = LONGEST_NAME - ending.length();
    if (base.length() > longest) {
      base =
          base.substring(
              0, longest - (Character.isHighSurrogate(base.charAt(longest - 1)) ? 1 : 0));
    }
    return (base.isEmpty() ? "file" : base) + ending;
  }

  private static String trimmed(String text) {
    return text.replaceAll("^[ .]+|[ .]+$", "").replaceAll(" {2,}", " ");
  }

  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
