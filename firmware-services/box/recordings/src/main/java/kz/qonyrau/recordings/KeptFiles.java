package kz.qonyrau.recordings;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kz.qonyrau.recordings.Recording.Codec;
import kz.qonyrau.vocabulary.CallId;

/// The encrypted files of finished recordings. A file is there as a whole or not at all: it is
/// written beside its place, forced onto the disk and then given its name.
final class KeptFiles {

  private static final String PART = ".part";

  private final Path directory;
  private final Path scratch;
  private final Vault vault;

  /// What is known of a file that was just written.
  record Written(String path, long storedBytes, String sha256, String peaks) {}

  KeptFiles(Path directory, Path scratch, Vault vault) {
    this.directory = directory;
    this.scratch = scratch;
    this.vault = vault;
  }

  /// Makes the directories and deletes what an earlier run left unfinished.
  ///
  /// @return how many files were deleted
  int sweep() throws IOException {
    Disk.makePrivate(directory);
    Disk.makePrivate(scratch);
    List<Path> unfinished;
    try (Stream<Path> kept = Files.walk(directory);
        Stream<Path> decoded = Files.list(scratch)) {
      unfinished =
          Stream.concat(kept.filter(file -> file.toString().endsWith(PART)), decoded).toList();
    }
    for (Path file : unfinished) {
      Files.deleteIfExists(file);
    }
    return unfinished.size();
  }

  /// Writes the first `size` bytes of the raw file as an encrypted WAV file.
  Written keep(CallId call, Path raw, long size) throws IOException {
    long samples = size / Sound.FRAME_BYTES;
    MessageDigest digest = Sound.sha256();
    Outline outline = new Outline(samples);
    Path target = path(call, Codec.WAV);
    write(
        target,
        context(call, Codec.WAV),
        sealed -> {
          var out = new DigestOutputStream(sealed, digest);
          out.write(Sound.wavHeader(samples));
          try (InputStream in = Files.newInputStream(raw)) {
            byte[] piece = new byte[1 << 16];
            long left = size;
            while (left > 0) {
              int length = in.read(piece, 0, (int) Math.min(piece.length, left));
              if (length < 0) {
                throw new IOException("the raw file became shorter while it was read");
              }
              out.write(piece, 0, length);
              outline.add(piece, length);
              left -= length;
            }
          }
        });
    return new Written(
        directory.relativize(target).toString(),
        Files.size(target),
        Sound.hex(digest),
        outline.encoded());
  }

  /// Writes the WAV file of a call anew as FLAC, and makes sure that it gives back the same sound
  /// before anything relies on it. Leaves the WAV file alone.
  ///
  /// @throws IOException if it could not be written, or does not give back the same
  Written compress(CallId call, long samples, String sha256) throws IOException {
    Path target = path(call, Codec.FLAC);
    try (InputStream wav = vault.openingStream(path(call, Codec.WAV), context(call, Codec.WAV))) {
      wav.skipNBytes(Sound.HEADER_BYTES);
      write(target, context(call, Codec.FLAC), sealed -> Flac.encode(wav, sealed));
    }
    MessageDigest digest = Sound.sha256();
    digest.update(Sound.wavHeader(samples));
    try (InputStream flac = vault.openingStream(target, context(call, Codec.FLAC));
        OutputStream samplesOut = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Flac.decode(flac, samplesOut);
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
    if (!Sound.hex(digest).equals(sha256)) {
      Files.deleteIfExists(target);
      throw new IOException("FLAC did not give back the same sound");
    }
    return new Written(directory.relativize(target).toString(), Files.size(target), sha256, "");
  }

  /// Opens a recording for playing.
  Playback open(CallId call, Codec codec, long samples) throws IOException {
    return switch (codec) {
      case WAV ->
          new Playback(
              vault.opening(path(call, Codec.WAV), context(call, Codec.WAV)),
              Sound.HEADER_BYTES,
              samples);
      case FLAC -> new Playback(decoded(call, samples), 0, samples);
    };
  }

  /// The samples of a FLAC file, in a nameless file that is gone with the channel, whatever
  /// happens.
  private SeekableByteChannel decoded(CallId call, long samples) throws IOException {
    Path file = Files.createTempFile(scratch, "play", PART);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
    try (InputStream flac =
        vault.openingStream(path(call, Codec.FLAC), context(call, Codec.FLAC))) {
      Flac.decode(flac, java.nio.channels.Channels.newOutputStream(channel));
      if (channel.size() != samples * Sound.FRAME_BYTES) {
        throw new IOException("the recording has " + channel.size() + " bytes of sound");
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void delete(CallId call, Codec codec) throws IOException {
    Files.deleteIfExists(path(call, codec));
  }

  void deleteAll(CallId call) throws IOException {
    for (Codec codec : Codec.values()) {
      delete(call, codec);
    }
  }

  /// The calls of which there is a WAV file.
  List<CallId> uncompressed() throws IOException {
    String ending = name(Codec.WAV);
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ending))
          .map(file -> new CallId(file.substring(0, file.length() - ending.length())))
          .toList();
    }
  }

  Path path(CallId call, Codec codec) {
    // Spread over 256 directories; three months of calls in one would be slow to list.
    return directory.resolve(call.value().substring(0, 2)).resolve(call.value() + name(codec));
  }

  private static String name(Codec codec) {
    return "." + codec.name().toLowerCase(Locale.ROOT) + ".sealed";
  }

  private static String context(CallId call, Codec codec) {
    return "recording/" + call.value() + "/" + codec;
  }

  private interface Content {
    void to(OutputStream out) throws IOException;
  }

  private void write(Path target, String context, Content content) throws IOException {
    Path folder = directory.resolve(target.getFileName().toString().substring(0, 2));
    Path part = target.resolveSibling(target.getFileName() + PART);
    try {
      Disk.makePrivate(folder);
      try (OutputStream file = Files.newOutputStream(part);
          OutputStream sealed = vault.sealing(new BufferedOutputStream(file, 1 << 16), context)) {
        content.to(sealed);
      }
      Disk.sync(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Disk.sync(folder);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }
}
