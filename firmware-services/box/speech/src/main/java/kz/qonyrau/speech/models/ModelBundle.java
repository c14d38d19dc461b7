package kz.qonyrau.speech.models;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A zip archive that somebody uploaded as a speech model or a voice. It is unpacked only after its
/// list of files was found harmless, and every file is held to what the list says of it.
public final class ModelBundle {

  /// What an archive must hold.
  public interface Content {

    /// What it is called in messages, such as `voice`.
    String noun();

    /// The directory in the archive that is unpacked, with `/` at its end; empty if it is the
    /// whole.
    ///
    /// @param names of the files and directories in it, the packer's own left out
    /// @throws ModelRefusedException if it is not in it
    String root(List<String> names);
  }

  /// Who follows the unpacking, and may call it off.
  public interface Watch {

    /// Called often, on the thread that unpacks.
    ///
    /// @throws ModelRefusedException with [ModelFault#CANCELLED] to call it off
    void at(Progress.Stage stage, long doneBytes, long allBytes);
  }

  /// How much room a directory's disk has for this program, bytes.
  public interface Room {
    long usableBytes(Path directory) throws IOException;
  }

  private static final int PIECE = 1 << 16;
  private static final long ROOM_EVERY_BYTES = 64L << 20;

  private final Content content;
  private final BundleLimits limits;
  private final Room room;

  ModelBundle(BundleLimits limits, Room room) {
    this(VoskContent.MODEL, limits, room);
  }

  public ModelBundle(Content content, BundleLimits limits, Room room) {
    this.content = content;
    this.limits = limits;
    this.room = room;
  }

  static ModelBundle usual() {
    return of(VoskContent.MODEL, BundleLimits.usual());
  }

  /// Of archives that are unpacked onto this machine's disk.
  public static ModelBundle of(Content content, BundleLimits limits) {
    return new ModelBundle(content, limits, ModelBundle::usableBytes);
  }

  /// The room on a directory's disk; all that can be wished for, if that cannot be known.
  static long usableBytes(Path directory) {
    // Not a FileStore, which there is none of where no mount point is known, as below a chroot.
    File disk = directory.toFile();
    return disk.getTotalSpace() == 0 ? Long.MAX_VALUE : disk.getUsableSpace();
  }

  /// Unpacks what an archive holds. Blocks for as long as it takes, minutes for a large one.
  ///
  /// @param sha256 what the archive's SHA-256 must be, 64 hexadecimal digits, if that is known
  /// @param target an empty directory of its own; after a failure somebody else removes it
  /// @return the archive's SHA-256
  /// @throws ModelRefusedException if the archive is refused
  /// @throws IOException if the archive cannot be read, or a file cannot be written
  public String unpack(Path zip, Optional<String> sha256, Path target, Watch watch)
      throws IOException {
    try (FileChannel channel = FileChannel.open(zip, StandardOpenOption.READ)) {
      List<ZipDirectory.Entry> entries = ZipDirectory.read(channel, limits);
      String root =
          content.root(
              entries.stream()
                  .map(ZipDirectory.Entry::name)
                  .filter(name -> !ZipNames.isLitter(name))
                  .toList());
      long unpacked = requireModest(entries, channel.size());
      requireRoom(target, unpacked);
      String sum = sum(channel, watch);
      requireSum(sum, sha256);
      Unpacking unpacking = new Unpacking(channel, target, unpacked, watch);
      for (ZipDirectory.Entry entry : entries) {
        if (!ZipNames.isLitter(entry.name()) && entry.name().length() > root.length()) {
          unpacking.unpack(entry, target.resolve(entry.name().substring(root.length())));
        }
      }
      return sum;
    }
  }

  private long requireModest(List<ZipDirectory.Entry> entries, long zipBytes) {
    long unpacked = 0;
    for (ZipDirectory.Entry entry : entries) {
      unpacked = Math.addExact(unpacked, Math.min(entry.unpackedBytes(), Long.MAX_VALUE >> 20));
      if (unpacked > limits.unpackedBytes()) {
        throw new ModelRefusedException(
            ModelFault.TOO_LARGE,
            "the zip file would unpack to more than " + limits.unpackedBytes() + " bytes");
      }
    }
    if (unpacked > BundleLimits.HARMLESS_BYTES && unpacked / limits.ratio() > zipBytes) {
      throw new ModelRefusedException(
          ModelFault.BOMB,
          "the zip file would unpack to more than " + limits.ratio() + " times its size");
    }
    return unpacked;
  }

  private void requireRoom(Path target, long bytes) throws IOException {
    long usable = room.usableBytes(target);
    if (usable - limits.reserveBytes() < bytes) {
      throw new ModelRefusedException(
          ModelFault.NO_ROOM,
          "the "
              + content.noun()
              + " needs "
              + mebibytes(bytes)
              + " MiB on the disk, and "
              + mebibytes(limits.reserveBytes())
              + " MiB must stay free; there are "
              + mebibytes(usable)
              + " MiB. Remove "
              + content.noun()
              + "s that are not needed");
    }
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private static String sum(FileChannel channel, Watch watch) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long at = 0;
    while (true) {
      watch.at(Progress.Stage.CHECKING, at, channel.size());
      int read = channel.read(piece.clear(), at);
      if (read < 0) {
        return HexFormat.of().formatHex(digest.digest());
      }
      digest.update(piece.flip());
      at += read;
    }
  }

  private static void requireSum(String sum, Optional<String> expected) {
    if (expected.isPresent() && !expected.get().equalsIgnoreCase(sum)) {
      throw new ModelRefusedException(
          ModelFault.WRONG_CHECKSUM,
          "the zip file is not the expected one, or was damaged on its way: its SHA-256 is " + sum);
    }
  }

  private final class Unpacking {
    private final FileChannel channel;
    private final Path target;
    private final long all;
    private final Watch watch;
    private long done;
    private long roomAskedAt;

    Unpacking(FileChannel channel, Path target, long all, Watch watch) {
      this.channel = channel;
      this.target = target;
      this.all = all;
      this.watch = watch;
    }

    void unpack(ZipDirectory.Entry entry, Path file) throws IOException {
      if (!file.normalize().startsWith(target)) {
        throw new IllegalStateException("a checked name leads out of its directory");
      }
      if (entry.isDirectory()) {
        Trees.makePrivate(file);
        return;
      }
      Path parent = file.getParent();
      Trees.makePrivate(parent == null ? target : parent);
      long data = dataAt(entry);
      try (FileChannel out =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        if (entry.deflated()) {
          inflate(entry, data, out);
        } else {
          copy(entry, data, out);
        }
      }
    }

    /// Where the entry's bytes begin: behind its local header, which must say the same as the list.
    private long dataAt(ZipDirectory.Entry entry) throws IOException {
      ByteBuffer header =
          ZipDirectory.readFully(
              channel, entry.offset(), ZipDirectory.LOCAL_HEADER_BYTES + entry.nameBytes());
      int method = entry.deflated() ? ZipDirectory.DEFLATED : ZipDirectory.STORED;
      byte[] name = new byte[entry.nameBytes()];
      header.get(ZipDirectory.LOCAL_HEADER_BYTES, name);
      boolean same =
          header.getInt(0) == ZipDirectory.LOCAL_HEADER
              && (header.getShort(6) & ZipDirectory.PASSWORD) == 0
              && header.getShort(8) == method
              && Short.toUnsignedInt(header.getShort(26)) == entry.nameBytes()
              && entry.name().equals(new String(name, StandardCharsets.UTF_8));
      long data =
          entry.offset()
              + ZipDirectory.LOCAL_HEADER_BYTES
              + entry.nameBytes()
              + Short.toUnsignedInt(header.getShort(28));
      if (!same || data > channel.size() - entry.packedBytes()) {
        throw ZipDirectory.damaged("'" + entry.name() + "' is not what its list says");
      }
      return data;
    }

    private void copy(ZipDirectory.Entry entry, long data, FileChannel out) throws IOException {
      CRC32 crc = new CRC32();
      for (long at = 0; at < entry.packedBytes(); ) {
        int length = (int) Math.min(PIECE, entry.packedBytes() - at);
        write(ZipDirectory.readFully(channel, data + at, length), crc, out);
        at += length;
      }
      requireCrc(entry, crc);
    }

    private void inflate(ZipDirectory.Entry entry, long data, FileChannel out) throws IOException {
      CRC32 crc = new CRC32();
      Inflater inflater = new Inflater(true);
      try {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long read = 0;
        long written = 0;
        while (!inflater.finished()) {
          if (inflater.needsInput()) {
            int length = (int) Math.min(PIECE, entry.packedBytes() - read);
            if (length == 0) {
              throw ZipDirectory.damaged("'" + entry.name() + "' is cut off");
            }
            inflater.setInput(ZipDirectory.readFully(channel, data + read, length));
            read += length;
          }
          piece.clear();
          int length = inflater.inflate(piece);
          written += length;
          boolean stuck = length == 0 && !inflater.finished() && !inflater.needsInput();
          if (written > entry.unpackedBytes() || stuck) {
            throw ZipDirectory.damaged("'" + entry.name() + "' is larger than its list says");
          }
          write(piece.flip(), crc, out);
        }
        if (written != entry.unpackedBytes() || inflater.getBytesRead() != entry.packedBytes()) {
          throw ZipDirectory.damaged("'" + entry.name() + "' is not as large as its list says");
        }
      } catch (DataFormatException e) {
        throw new ModelRefusedException(
            ModelFault.DAMAGED,
            "the zip file is damaged: '" + entry.name() + "' cannot be unpacked",
            e);
      } finally {
        inflater.end();
      }
      requireCrc(entry, crc);
    }

    private void requireCrc(ZipDirectory.Entry entry, CRC32 crc) {
      if (crc.getValue() != entry.crc32()) {
        throw ZipDirectory.damaged(
            "'" + entry.name() + "' has another checksum than its list says");
      }
    }

    private void write(ByteBuffer bytes, CRC32 crc, FileChannel out) throws IOException {
      crc.update(bytes.duplicate());
      done += bytes.remaining();
      if (done - roomAskedAt > ROOM_EVERY_BYTES) {
        roomAskedAt = done;
        requireRoom(target, all - done);
      }
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      watch.at(Progress.Stage.UNPACKING, done, all);
    }
  }
}
