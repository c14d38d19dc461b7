package kz.qonyrau.speech.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Directories that are on the disk as a whole or not at all, whenever the power goes: each is made
/// under `incoming/`, forced onto the disk, and only then renamed to where it is looked for; what
/// is removed goes to `outgoing/` first.
public final class StagedDirectories {

  /// Told before each change to the disk, so that a test can be a power cut.
  public interface Plug {
    void before(String step);
  }

  private static final String CARD = "card.json";

  private final Path home;
  private final Path place;
  private final Plug plug;

  private StagedDirectories(Path home, Path place, Plug plug) {
    this.home = home;
    this.place = place;
    this.plug = plug;
  }

  /// Makes the directories if they are not there, and removes what a crash left behind.
  ///
  /// @param home where `incoming/` and `outgoing/` are, and the finished ones under `place`
  /// @param place a name
  public static StagedDirectories open(Path home, String place, Plug plug) throws IOException {
    Path absolute = home.toAbsolutePath().normalize();
    Trees.makePrivate(absolute);
    for (String name : List.of("incoming", "outgoing")) {
      Trees.delete(absolute.resolve(name));
      Trees.makePrivate(absolute.resolve(name));
    }
    Trees.makePrivate(absolute.resolve(place));
    return new StagedDirectories(absolute, absolute.resolve(place), plug);
  }

  /// Where the finished ones are.
  public Path place() {
    return place;
  }

  /// Where a finished one is.
  public Path finished(String name) {
    return place.resolve(name);
  }

  /// Where one is being made.
  public Path begun(String name) {
    return home.resolve("incoming").resolve(name);
  }

  /// Makes an empty directory to make one in.
  public void begin(String name) throws IOException {
    plug.before("make a directory");
    Trees.delete(begun(name));
    Trees.makePrivate(begun(name));
  }

  /// Puts one to its place, with what is to be said of it as `card.json`.
  public void finish(String name, String card) throws IOException {
    Path made = begun(name);
    plug.before("write the card");
    Files.writeString(made.resolve(CARD), card);
    plug.before("force the files onto the disk");
    Trees.sync(made);
    plug.before("rename the directory");
    Files.move(made, finished(name), StandardCopyOption.ATOMIC_MOVE);
    plug.before("force the name onto the disk");
    Trees.syncOne(place);
  }

  /// Removes what was begun and not finished.
  public void abandon(String name) throws IOException {
    plug.before("remove what was begun");
    Trees.delete(begun(name));
  }

  /// Removes a finished one.
  public void remove(String name) throws IOException {
    Path going = home.resolve("outgoing").resolve(name);
    plug.before("rename what is removed");
    Files.move(finished(name), going, StandardCopyOption.ATOMIC_MOVE);
    plug.before("force its name onto the disk");
    Trees.syncOne(place);
    plug.before("remove its files");
    Trees.delete(going);
  }
}
