package kz.qonyrau.recordings;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/// Keeps the box's key for sound on its disk, and encrypts and decrypts with it: AES-256-GCM in
/// segments, so that a part can be read without the rest and no change goes unnoticed.
///
/// What is sealed is bound to a context, such as a call's id; it cannot be passed off as something
/// else. Safe to use from any thread.
public final class Vault {

  private static final String KEY_FILE = "recordings.keyset.json";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final StreamingAead aead;

  private Vault(StreamingAead aead) {
    this.aead = aead;
  }

  /// Takes the key from `directory`, or makes one if there is none: a file that only this program's
  /// user can read. Whoever loses it loses every recording.
  ///
  /// @throws IllegalStateException if the key file is damaged or readable by others
  public static Vault open(Path directory) throws IOException {
    Path file = directory.resolve(KEY_FILE);
    try {
      StreamingAeadConfig.register();
      if (!Files.exists(file)) {
        make(directory, file);
      }
      if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
        throw new IllegalStateException(
            file + " must have the mode 0600; others may have read the key");
      }
      KeysetHandle keys =
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), InsecureSecretKeyAccess.get());
      return new Vault(keys.getPrimitive(RegistryConfiguration.get(), StreamingAead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(file + " is not a key of this box; restore it", e);
    }
  }

  private static void make(Path directory, Path file) throws IOException, GeneralSecurityException {
    Disk.makePrivate(directory);
    Path part = directory.resolve(KEY_FILE + ".part");
    Files.deleteIfExists(part);
    KeysetHandle keys =
        KeysetHandle.generateNew(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_4KB);
    String json = TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
    try (var channel =
        Files.newByteChannel(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      Disk.writeAll(channel, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
    Disk.sync(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    Disk.sync(directory);
  }

  /// Encrypts a small thing as a whole.
  public byte[] seal(byte[] plain, String context) {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream(plain.length + 128);
    try (OutputStream out = sealing(sealed, context)) {
      out.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return sealed.toByteArray();
  }

  /// Decrypts what [#seal] made.
  ///
  /// @throws IllegalArgumentException if it was changed, cut, or sealed by another key or for
  ///   another context
  public byte[] open(byte[] sealed, String context) {
    try (InputStream in =
        aead.newDecryptingStream(new ByteArrayInputStream(sealed), context(context))) {
      return in.readAllBytes();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not sealed by this box for this, or changed since", e);
    }
  }

  /// What is written into the result reaches `sink` encrypted; complete only once it is closed.
  OutputStream sealing(OutputStream sink, String context) throws IOException {
    try {
      return aead.newEncryptingStream(sink, context(context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks AES-GCM", e);
    }
  }

  /// The decrypted content of a file, from any position. Reading fails with an [IOException] where
  /// it was changed.
  SeekableByteChannel opening(Path file, String context) throws IOException {
    FileChannel sealed = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return aead.newSeekableDecryptingChannel(sealed, context(context));
    } catch (GeneralSecurityException e) {
      sealed.close();
      throw new IOException("cannot decrypt " + file, e);
    } catch (IOException e) {
      sealed.close();
      throw e;
    }
  }

  /// The decrypted content of a file, from its beginning. Reading fails with an [IOException] where
  /// it was changed or cut.
  InputStream openingStream(Path file, String context) throws IOException {
    InputStream sealed = Files.newInputStream(file);
    try {
      return aead.newDecryptingStream(sealed, context(context));
    } catch (GeneralSecurityException e) {
      sealed.close();
      throw new IOException("cannot decrypt " + file, e);
    }
  }

  private static byte[] context(String context) {
    return context.getBytes(StandardCharsets.UTF_8);
  }
}
