package kz.qonyrau.speech.models;

import java.util.List;

/// Where in an archive a speech model for Vosk lies.
enum VoskContent implements ModelBundle.Content {
  MODEL;

  private static final String NETWORK = "am/final.mdl";

  @Override
  public String noun() {
    return "model";
  }

  @Override
  public String root(List<String> files) {
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
