package kz.qonyrau.speech.models;

import java.util.List;
import java.util.regex.Pattern;

/// The names of files in an archive: which may be trusted, and which belong to the model.
final class ZipNames {

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final int LONGEST_PART = 200;
  private static final int MOST_PARTS = 16;
  private static final String NETWORK = "am/final.mdl";

  private ZipNames() {}

  /// Refuses a name that leads out of the directory that the archive is unpacked into, or that no
  /// model's file has.
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

  /// The directory in the archive that is the model, with `/` at its end; empty if it is the whole.
  ///
  /// @throws ModelRefusedException if there is no model in it
  static String root(List<String> names) {
    List<String> files = names.stream().filter(name -> !isLitter(name)).toList();
    if (files.contains(NETWORK)) {
      return "";
    }
    List<String> tops =
        files.stream()
            .map(name -> name.indexOf('/') < 0 ? "" : name.substring(0, name.indexOf('/') + 1))
            .distinct()
            .toList();
    if (tops.size() == 1 && files.contains(tops.getFirst() + NETWORK)) {
      return tops.getFirst();
    }
    throw new ModelRefusedException(
        ModelFault.NOT_A_MODEL,
        "the zip file holds no speech model for Vosk: "
            + NETWORK
            + " must lie at its top or in the one directory that it has");
  }
}
