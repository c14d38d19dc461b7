package kz.qonyrau.speech.models;

import java.util.List;
import java.util.regex.Pattern;

/// The names of files in an archive: which may be trusted, and which the packer added.
final class ZipNames {

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final int LONGEST_PART = 200;
  private static final int MOST_PARTS = 16;

  private ZipNames() {}

  /// Refuses a name that leads out of the directory that the archive is unpacked into, or that no
  /// file of a model or a voice has.
  static void require(String name) {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    List<String> parts = List.of(path.split("/", -1));
    boolean safe =
        parts.size() <= MOST_PARTS
            && !DRIVE.matcher(name).matches()
            && parts.stream().allMatch(ZipNames::isSafe);
    if (!safe) {
      throw new ModelRefusedException(
          ModelFault.UNSAFE_NAME,
          "a file in the zip file has a name that cannot be used: '"
              + SourceText.shortened(name)
              + "'");
    }
  }

  private static boolean isSafe(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && part.length() <= LONGEST_PART
        && part.indexOf('\\') < 0
        && part.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  /// Whether a file was put there by the computer on which the archive was packed.
  static boolean isLitter(String name) {
    return name.startsWith("__MACOSX/")
        || name.equals(".DS_Store")
        || name.endsWith("/.DS_Store")
        || name.equals("Thumbs.db")
        || name.endsWith("/Thumbs.db");
  }
}
