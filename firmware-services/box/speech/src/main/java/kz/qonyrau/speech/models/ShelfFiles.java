package kz.qonyrau.speech.models;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shelf's directory, changed so that a power cut at any moment leaves the old or the new.
///
/// ```
/// state.json           which model is in force; replaced as a whole
/// models/ID/card.json  what is to be said of a model
/// models/ID/model/     the model; a model is on the shelf as soon as models/ID has its name
/// incoming/            what is being made; emptied at the start
/// outgoing/            what is being removed; emptied at the start
/// trial/               what a worker on trial leaves; emptied at the start
/// ```
final class ShelfFiles {

  /// What a worker on trial leaves.
  static final String TRIAL = "trial";

  static final Pattern ID = Pattern.compile("[a-z]{2,8}-[1-9][0-9]{0,8}");

  private static final Logger LOG = LoggerFactory.getLogger(ShelfFiles.class);

  private final Path home;
  private final StagedDirectories models;
  private final StagedDirectories.Plug plug;

  private ShelfFiles(Path home, StagedDirectories models, StagedDirectories.Plug plug) {
    this.home = home;
    this.models = models;
    this.plug = plug;
  }

  /// Opens a shelf, makes it if it is not there, and removes what a crash left behind.
  static ShelfFiles open(Path home, StagedDirectories.Plug plug) throws IOException {
    Path absolute = home.toAbsolutePath().normalize();
    StagedDirectories models = StagedDirectories.open(absolute, "models", plug);
    ShelfFiles files = new ShelfFiles(absolute, models, plug);
    Trees.delete(absolute.resolve(TRIAL));
    Trees.makePrivate(absolute.resolve(TRIAL));
    Files.deleteIfExists(files.freshState());
    return files;
  }

  private Path state() {
    return home.resolve("state.json");
  }

  private Path freshState() {
    return home.resolve("state.json.new");
  }

  /// A model's directory in Vosk's layout.
  Path model(String id) {
    return models.finished(id).resolve("model");
  }

  /// Where the model is made.
  Path incoming(String id) {
    return models.begun(id).resolve("model");
  }

  /// The cards of the models that are there. One that cannot be read is left out, and left alone.
  List<ShelvedModel> cards() throws IOException {
    List<ShelvedModel> cards = new ArrayList<>();
    try (Stream<Path> all = Files.list(models.place())) {
      for (Path each : all.sorted().toList()) {
        Path file = each.resolve("card.json");
        try {
          ShelvedModel card = ShelvedModel.of(new JsonObject(Files.readString(file)));
          if (!card.id().equals(each.getFileName().toString())
              || !ID.matcher(card.id()).matches()) {
            throw new IllegalArgumentException("it is that of " + card.id());
          }
          cards.add(card);
        } catch (IOException | RuntimeException damaged) {
          LOG.atError()
              .addKeyValue("card", file)
              .addKeyValue("why", String.valueOf(damaged.getMessage()))
              .log("a speech model on the shelf has no readable card and cannot be used");
        }
      }
    }
    return cards;
  }

  /// The highest number that a model on the shelf has, readable or not; 0 if there is none.
  int highestNumber() throws IOException {
    try (Stream<Path> all = Files.list(models.place())) {
      return all.map(each -> each.getFileName().toString())
          .filter(id -> ID.matcher(id).matches())
          .mapToInt(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1)))
          .max()
          .orElse(0);
    }
  }

  /// What was chosen. Where that cannot be read, the file is kept under another name, and nothing
  /// was chosen.
  ShelfState readState() throws IOException {
    try {
      return ShelfState.decoded(Files.readString(state()));
    } catch (NoSuchFileException _) {
      return new ShelfState(1, Map.of());
    } catch (IOException | RuntimeException damaged) {
      Path aside = home.resolve("state.json.damaged");
      Files.move(state(), aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.atError()
          .addKeyValue("file", aside)
          .addKeyValue("why", String.valueOf(damaged.getMessage()))
          .log("which speech model is in force cannot be read; the starters are");
      return new ShelfState(1, Map.of());
    }
  }

  void writeState(ShelfState state) throws IOException {
    plug.before("write the state");
    Files.writeString(freshState(), state.encoded());
    plug.before("force the state onto the disk");
    Trees.syncOne(freshState());
    plug.before("rename the state");
    Files.move(
        freshState(), state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    plug.before("force the state's name onto the disk");
    Trees.syncOne(home);
  }

  void begin(String id) throws IOException {
    models.begin(id);
  }

  /// Puts a finished model onto the shelf.
  void shelve(ShelvedModel card) throws IOException {
    models.finish(card.id(), card.json().encodePrettily());
  }

  /// Removes what was begun and not shelved.
  void abandon(String id) throws IOException {
    models.abandon(id);
  }

  /// Removes a model.
  void remove(String id) throws IOException {
    models.remove(id);
  }
}
