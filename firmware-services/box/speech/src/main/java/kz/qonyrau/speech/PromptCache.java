package kz.qonyrau.speech;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers what voices said: prompts are kept encrypted in a directory, under the hash of voice,
/// language and text (AC-TTS-02), so that a thousand calls synthesise their prompt once.
///
/// A prompt that cannot be read or kept is spoken anew; the cache is never the reason for silence.
/// When it holds too many prompts, the oldest are deleted.
final class PromptCache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PromptCache.class);
  private static final String SUFFIX = ".prompt";

  private final Path directory;
  private final Sealer sealer;
  private final int mostPrompts;
  private final ConcurrentMap<String, Future<byte[]>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("prompt-cache").factory());

  /// Creates `directory`, readable by this program's user alone, if it is not there.
  ///
  /// @param mostPrompts how many are kept, at least 1
  PromptCache(Path directory, Sealer sealer, int mostPrompts) throws IOException {
    if (mostPrompts < 1) {
      throw new IllegalArgumentException("a cache keeps at least 1 prompt, not " + mostPrompts);
    }
    this.directory = directory;
    this.sealer = sealer;
    this.mostPrompts = mostPrompts;
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// What the voice says, from the cache or from the voice; see [Voice#say].
  Future<byte[]> say(Voice voice, String text, Locale language) {
    Voice.requireSpeakable(text);
    String key = key(voice, text, language);
    Promise<byte[]> promise = Promise.promise();
    Future<byte[]> earlier = underWay.putIfAbsent(key, promise.future());
    if (earlier != null) {
      return earlier.map(byte[]::clone);
    }
    var _ = promise.future().onComplete(_ -> underWay.remove(key));
    disk.execute(() -> {
      try {
        Optional<byte[]> kept = read(key);
        if (kept.isPresent()) {
          promise.complete(kept.get());
        } else {
          var _ =
              voice.say(text, language).onSuccess(pcm -> keepSoon(key, pcm)).onComplete(promise);
        }
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future().map(byte[]::clone);
  }

  private static String key(Voice voice, String text, Locale language) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(voice.name(), language.getLanguage(), text)) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Optional<byte[]> read(String key) {
    try {
      return Optional.of(sealer.open(Files.readAllBytes(file(key)), key));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      LOG.atWarn().addKeyValue("prompt", key).setCause(e).log("kept prompt unusable, said anew");
      return Optional.empty();
    }
  }

  private void keepSoon(String key, byte[] pcm) {
    try {
      disk.execute(() -> keep(key, pcm));
    } catch (RejectedExecutionException _) {
      // Closed in the meantime: said, but not kept.
    }
  }

  private void keep(String key, byte[] pcm) {
    Path part = directory.resolve(key + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer sealed = ByteBuffer.wrap(sealer.seal(pcm, key));
        while (sealed.hasRemaining()) {
          channel.write(sealed);
        }
        channel.force(true);
      }
      Files.move(
          part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forgetOldest();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("prompt", key).setCause(e).log("prompt not kept");
      try {
        Files.deleteIfExists(part);
      } catch (IOException again) {
        LOG.atWarn().setCause(again).log("unfinished prompt not deleted");
      }
    }
  }

  private void forgetOldest() throws IOException {
    List<Path> prompts;
    try (Stream<Path> files = Files.list(directory)) {
      prompts = files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    if (prompts.size() > mostPrompts) {
      List<Path> oldest =
          prompts.stream()
              .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .limit(prompts.size() - mostPrompts)
              .toList();
      for (Path file : oldest) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path file(String key) {
    return directory.resolve(key + SUFFIX);
  }

  /// Stops keeping prompts, once those under way are on the disk. The voices stay open.
  @Override
  public void close() {
    disk.shutdown();
    try {
      if (!disk.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.atWarn().log("prompts were still being kept");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
