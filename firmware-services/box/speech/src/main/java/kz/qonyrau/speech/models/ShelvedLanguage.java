package kz.qonyrau.speech.models;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the models of one language stand.
///
/// @param language what is heard with them
/// @param inForce the id of the model that was chosen; empty if there is none
/// @param running the id of the model that calls are listened to with; another one than `inForce`
///   where that one could not be loaded, empty where none could
/// @param previous the id of the model that a step back leads to; empty if there is none
/// @param trouble why `running` is not `inForce`, for the technician, in English; empty if it is
/// @param models those on the shelf, the starter first, then in the order in which they came
public record ShelvedLanguage(
    Locale language,
    Optional<String> inForce,
    Optional<String> running,
    Optional<String> previous,
    String trouble,
    List<ShelvedModel> models) {

  public ShelvedLanguage {
    models = List.copyOf(models);
  }
}
