package kz.qonyrau.boxes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The directory in which a fleet's identities outlive a run, with how far each box has counted.
final class IdentityFiles {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;

  IdentityFiles(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + directory, failure);
    }
  }

  /// The box of that number, if it was enrolled before.
  Optional<Identity> find(int number) {
    Path file = file(number);
    return Files.exists(file) ? Optional.of(Identity.ofJson(read(file))) : Optional.empty();
  }

  void keep(int number, Identity identity) {
    write(file(number), identity.toJson());
  }

  /// The last sequence number of each box.
  Map<BoxId, Long> sequences() {
    Path file = directory.resolve("sequences.json");
    Map<BoxId, Long> sequences = new HashMap<>();
    if (Files.exists(file)) {
      JSON.readTree(read(file))
          .properties()
          .forEach(each -> sequences.put(new BoxId(each.getKey()), each.getValue().asLong()));
    }
    return sequences;
  }

  /// Writes down how far boxes have counted; others keep what they had.
  void keep(Map<BoxId, Long> sequences) {
    Map<BoxId, Long> all = sequences();
    all.putAll(sequences);
    ObjectNode node = JSON.createObjectNode();
    all.forEach((box, last) -> node.put(box.value(), last));
    write(directory.resolve("sequences.json"), node.toString());
  }

  private Path file(int number) {
    return directory.resolve("box-%06d.json".formatted(number));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private static void write(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
