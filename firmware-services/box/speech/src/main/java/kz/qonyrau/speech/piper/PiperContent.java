package kz.qonyrau.speech.piper;

import java.util.List;
import java.util.regex.Pattern;
import kz.qonyrau.speech.models.BundleLimits;
import kz.qonyrau.speech.models.ModelBundle;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;

/// What an archive with a Piper voice holds, at its top or in the one directory that it has:
/// `NAME.onnx`, `NAME.onnx.json`, and beside them nothing but texts about the voice.
enum PiperContent implements ModelBundle.Content {
  VOICE;

  /// 512 MiB, packed or not, five times the largest voices that are published; a dozen files.
  static final BundleLimits LIMITS = new BundleLimits(512L << 20, 512L << 20, 12, 100, 512L << 20);

  static final String NETWORK = ".onnx";
  static final String CONFIGURATION = ".onnx.json";

  /// It becomes a part of the voice's id.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,49}");

  private static final Pattern TEXT =
      Pattern.compile("(?:MODEL_CARD|README|LICENSE|COPYING)(?:\\.md|\\.txt)?");

  @Override
  public String noun() {
    return "voice";
  }

  @Override
  public String root(List<String> names) {
    List<String> files = names.stream().filter(name -> !name.endsWith("/")).toList();
    List<String> networks = files.stream().filter(name -> name.endsWith(NETWORK)).toList();
    if (networks.size() != 1) {
      throw refused(
          "the zip file holds "
              + networks.size()
              + " networks; a Piper voice is one NAME.onnx with its NAME.onnx.json");
    }
    String network = networks.getFirst();
    String root = network.substring(0, network.lastIndexOf('/') + 1);
    if (root.indexOf('/') < root.length() - 1) {
      throw refused("the voice must lie at the top of the zip file or in the one directory it has");
    }
    String name = name(network);
    if (!NAME.matcher(name).matches()) {
      throw refused(
          "the voice's name is what stands before .onnx, and must be 1 to 50 letters, digits, - and _");
    }
    String configuration = root + name + CONFIGURATION;
    if (!files.contains(configuration)) {
      throw refused("the zip file lacks " + name + CONFIGURATION + " beside " + name + NETWORK);
    }
    for (String file : names) {
      boolean known =
          file.equals(root)
              || file.equals(network)
              || file.equals(configuration)
              || (file.startsWith(root) && TEXT.matcher(file.substring(root.length())).matches());
      if (!known) {
        throw refused(
            "the zip file holds more than a voice: leave out everything but "
                + name
                + NETWORK
                + ", "
                + name
                + CONFIGURATION
                + " and MODEL_CARD");
      }
    }
    return root;
  }

  /// The voice's name by that of its network.
  static String name(String network) {
    String file = network.substring(network.lastIndexOf('/') + 1);
    return file.substring(0, file.length() - NETWORK.length());
  }

  private static ModelRefusedException refused(String why) {
    return new ModelRefusedException(ModelFault.NOT_A_VOICE, why);
  }
}
