package kz.qonyrau.console;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.store.Store;

/// The customer's uploaded recordings: a row each in the schema CONSOLE, the sound sealed in a
/// file. A file without a row is left over from a crash and is never looked at. May be used from
/// any thread.
public final class AudioShelf {

  /// An uploaded recording.
  ///
  /// @param clipped whether it is loud enough to sound distorted
  public record Audio(
      String id, String title, Duration length, boolean clipped, Instant createdAt) {}

  private final Store store;
  private final Path directory;
  private final Sealer sealer;
  private final InstantSource clock;

  /// Makes `directory`, readable by this program's user alone, if it is missing.
  ///
  /// @throws UncheckedIOException if it cannot
  public AudioShelf(Store store, Path directory, Sealer sealer, InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.sealer = sealer;
    this.clock = clock;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make " + directory, failure);
    }
  }

  /// Keeps a recording. Blocks on the disk; not for event loops.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel
  Audio keep(String title, byte[] pcm, Duration length, boolean clipped, String by)
      throws IOException {
    Audio audio = new Audio(UUID.randomUUID().toString(), title, length, clipped, clock.instant());
    Path fresh = directory.resolve(audio.id() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer sealed = ByteBuffer.wrap(sealer.seal(pcm, context(audio.id())));
      while (sealed.hasRemaining()) {
        channel.write(sealed);
      }
      channel.force(true);
    }
    Files.move(fresh, file(audio.id()), StandardCopyOption.ATOMIC_MOVE);
    int stored =
        store
            .write(handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO console.audio (id, title, length_ms, clipped,
                          created_at_ms, created_by)
                        VALUES (:id, :title, :length, :clipped, :now, :by)
                        """)
                    .bind("id", audio.id())
                    .bind("title", title)
                    .bind("length", length.toMillis())
                    .bind("clipped", clipped)
                    .bind("now", audio.createdAt().toEpochMilli())
                    .bind("by", by)
                    .execute())
            .await();
    if (stored != 1) {
      throw new IllegalStateException("the recording " + audio.id() + " was not stored");
    }
    return audio;
  }

  /// All recordings, newest first.
  public Future<List<Audio>> all() {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, title, length_ms, clipped, created_at_ms FROM console.audio
                ORDER BY created_at_ms DESC, id
                """)
            .map((row, _) -> audio(row))
            .list());
  }

  public Future<Optional<Audio>> find(String id) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, title, length_ms, clipped, created_at_ms FROM console.audio
                WHERE id = :id
                """)
            .bind("id", id)
            .map((row, _) -> audio(row))
            .findOne());
  }

  /// The sound of a recording: signed 16-bit little-endian samples, 8 kHz, one channel. The future
  /// fails if there is no such recording, or its file is missing or was changed.
  public Future<byte[]> sound(String id) {
    return find(id)
        .map(found -> {
          if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no recording " + id);
          }
          try {
            return sealer.open(Files.readAllBytes(file(id)), context(id));
          } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the recording " + id, failure);
          }
        });
  }

  /// Where the sealed sound of a recording lies.
  Path file(String id) {
    return directory.resolve(id + ".sealed");
  }

  private static String context(String id) {
    return "uploaded-audio/" + id;
  }

  private static Audio audio(ResultSet row) throws SQLException {
    return new Audio(
        row.getString("id"),
        row.getString("title"),
        Duration.ofMillis(row.getLong("length_ms")),
        row.getBoolean("clipped"),
        Instant.ofEpochMilli(row.getLong("created_at_ms")));
  }
}
