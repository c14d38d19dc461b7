package kz.qonyrau.speech.models;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The list of what is in a zip archive, read from its end and checked before anything is unpacked
/// (PKWARE's APPNOTE 6.3, sections 4.3.12 to 4.3.16 and 4.5.3; Zip64 included).
///
/// It is read here, and not by the library that comes with Java, because that one tells neither
/// links nor passwords, and takes archives whose parts lie over each other. Whatever is unusual is
/// refused.
final class ZipDirectory {

  /// One file or directory of the archive.
  ///
  /// @param name with `/` between its parts, and at its end if it is a directory
  /// @param nameBytes as many as the name has in the archive
  /// @param deflated whether it is packed; otherwise it is stored as it is
  /// @param offset where its local header begins
  record Entry(
      String name,
      int nameBytes,
      boolean deflated,
      long packedBytes,
      long unpackedBytes,
      long crc32,
      long offset) {

    boolean isDirectory() {
      return name.endsWith("/");
    }
  }

  static final int LOCAL_HEADER = 0x04034b50;
  static final int LOCAL_HEADER_BYTES = 30;
  static final int PASSWORD = 1 | 1 << 6 | 1 << 13;
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int CENTRAL_HEADER_BYTES = 46;
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_BYTES = 56;
  private static final int EXTRA_64 = 1;
  private static final long LARGE = 0xffff_ffffL;
  private static final int MANY = 0xffff;
  private static final int LARGEST_DIRECTORY = 16 << 20;

  private static final int UNIX = 3;
  private static final int MAC = 19;
  private static final int KIND = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;

  private final FileChannel channel;
  private final long size;

  private ZipDirectory(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /// Reads and checks the list.
  ///
  /// @throws ModelRefusedException if it is no zip archive, is damaged, or holds anything that no
  ///   model or voice has
  static List<Entry> read(FileChannel channel, BundleLimits limits) throws IOException {
    try {
      ZipDirectory directory = new ZipDirectory(channel);
      List<Entry> entries = directory.entries(limits);
      requireApart(entries, channel.size());
      requireDistinct(entries);
      return entries;
    } catch (EOFException e) {
      throw new ModelRefusedException(ModelFault.DAMAGED, "the zip file was cut off", e);
    }
  }

  private List<Entry> entries(BundleLimits limits) throws IOException {
    if (size > limits.zipBytes()) {
      throw new ModelRefusedException(
          ModelFault.TOO_LARGE,
          "the zip file has " + size + " bytes; at most " + limits.zipBytes() + " are accepted");
    }
    requireZip();
    long endAt = findEnd();
    ByteBuffer end = bytes(endAt, END_BYTES);
    long count = Short.toUnsignedInt(end.getShort(10));
    long length = Integer.toUnsignedLong(end.getInt(12));
    long offset = Integer.toUnsignedLong(end.getInt(16));
    require(end.getShort(4) == 0 || end.getShort(4) == -1, "it is a part of a split archive");
    if (count == MANY || length == LARGE || offset == LARGE) {
      ByteBuffer large = end64(endAt);
      count = large.getLong(32);
      length = large.getLong(40);
      offset = large.getLong(48);
    }
    if (count > limits.files()) {
      throw new ModelRefusedException(
          ModelFault.TOO_MANY_FILES,
          "the zip file holds " + count + " files; at most " + limits.files() + " are accepted");
    }
    require(
        count >= 0
            && length >= 0
            && length <= LARGEST_DIRECTORY
            && offset >= 0
            && offset <= endAt - length,
        "its list lies outside of it");
    return entries(bytes(offset, (int) length), count, offset);
  }

  private void requireZip() throws IOException {
    int mark = size < END_BYTES ? 0 : bytes(0, 4).getInt(0);
    if (mark != LOCAL_HEADER && mark != END) {
      throw new ModelRefusedException(
          ModelFault.NOT_A_ZIP,
          "this is no zip file; upload the archive as it was packed by its maker");
    }
  }

  private long findEnd() throws IOException {
    int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = bytes(size - length, length);
    for (int at = length - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END
          && Short.toUnsignedInt(tail.getShort(at + 20)) == length - END_BYTES - at) {
        return size - length + at;
      }
    }
    throw new ModelRefusedException(
        ModelFault.DAMAGED, "the zip file was cut off: its list of files is missing");
  }

  private ByteBuffer end64(long endAt) throws IOException {
    require(endAt >= LOCATOR_64_BYTES + END_64_BYTES, "its list is missing");
    ByteBuffer locator = bytes(endAt - LOCATOR_64_BYTES, LOCATOR_64_BYTES);
    long at = locator.getLong(8);
    require(
        locator.getInt(0) == LOCATOR_64 && at >= 0 && at <= endAt - LOCATOR_64_BYTES - END_64_BYTES,
        "its list is missing");
    ByteBuffer end = bytes(at, END_64_BYTES);
    require(end.getInt(0) == END_64, "its list is missing");
    return end;
  }

  private static List<Entry> entries(ByteBuffer list, long count, long listAt) {
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      require(
          list.remaining() >= CENTRAL_HEADER_BYTES
              && list.getInt(list.position()) == CENTRAL_HEADER,
          "its list has " + i + " entries, not " + count);
      entries.add(entry(list, listAt));
    }
    require(!list.hasRemaining(), "its list is longer than it says");
    return entries;
  }

  private static Entry entry(ByteBuffer list, long listAt) {
    int at = list.position();
    int madeBy = list.get(at + 5);
    int flags = list.getShort(at + 8);
    int method = Short.toUnsignedInt(list.getShort(at + 10));
    long crc = Integer.toUnsignedLong(list.getInt(at + 16));
    int nameBytes = Short.toUnsignedInt(list.getShort(at + 28));
    int extraBytes = Short.toUnsignedInt(list.getShort(at + 30));
    int commentBytes = Short.toUnsignedInt(list.getShort(at + 32));
    int attributes = list.getInt(at + 38) >>> 16;
    int end = at + CENTRAL_HEADER_BYTES + nameBytes + extraBytes + commentBytes;
    require(end <= list.limit(), "an entry of its list is cut off");
    String name = name(list.slice(at + CENTRAL_HEADER_BYTES, nameBytes));
    ByteBuffer extra =
        list.slice(at + CENTRAL_HEADER_BYTES + nameBytes, extraBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    list.position(end);

    ZipNames.require(name);
    if ((flags & PASSWORD) != 0) {
      throw new ModelRefusedException(
          ModelFault.ENCRYPTED, "the zip file is protected by a password; pack it without one");
    }
    if (method != STORED && method != DEFLATED) {
      throw new ModelRefusedException(
          ModelFault.UNKNOWN_PACKING,
          "'"
              + name
              + "' is packed by method "
              + method
              + "; pack it again as an ordinary zip file");
    }
    boolean isDirectory = name.endsWith("/");
    int kind = attributes & KIND;
    if ((madeBy == UNIX || madeBy == MAC)
        && kind != 0
        && kind != (isDirectory ? DIRECTORY : REGULAR)) {
      throw new ModelRefusedException(
          ModelFault.NOT_A_FILE, "'" + name + "' is a link or a device; only files are accepted");
    }
    Sizes sizes =
        new Sizes(
                Integer.toUnsignedLong(list.getInt(at + 24)),
                Integer.toUnsignedLong(list.getInt(at + 20)),
                Integer.toUnsignedLong(list.getInt(at + 42)))
            .completed(extra);
    require(
        sizes.unpacked() >= 0
            && sizes.packed() >= 0
            && sizes.packed() <= listAt
            && sizes.offset() >= 0
            && sizes.offset() <= listAt - sizes.packed(),
        "'" + name + "' lies outside of it");
    require(
        method == DEFLATED || sizes.packed() == sizes.unpacked(),
        "'" + name + "' has two different sizes");
    require(!isDirectory || sizes.unpacked() == 0, "the directory '" + name + "' has content");
    return new Entry(
        name, nameBytes, method == DEFLATED, sizes.packed(), sizes.unpacked(), crc, sizes.offset());
  }

  /// The three numbers of an entry that may need 64 bits.
  private record Sizes(long unpacked, long packed, long offset) {

    Sizes completed(ByteBuffer extra) {
      if (unpacked != LARGE && packed != LARGE && offset != LARGE) {
        return this;
      }
      while (extra.remaining() >= 4) {
        int id = Short.toUnsignedInt(extra.getShort());
        int length = Short.toUnsignedInt(extra.getShort());
        require(length <= extra.remaining(), "an entry of its list is damaged");
        if (id == EXTRA_64) {
          ByteBuffer numbers = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
          return new Sizes(
              unpacked == LARGE ? next(numbers) : unpacked,
              packed == LARGE ? next(numbers) : packed,
              offset == LARGE ? next(numbers) : offset);
        }
        extra.position(extra.position() + length);
      }
      throw damaged("an entry of its list lacks its size");
    }

    private static long next(ByteBuffer numbers) {
      require(numbers.remaining() >= 8, "an entry of its list lacks its size");
      return numbers.getLong();
    }
  }

  private static String name(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ModelRefusedException(
          ModelFault.UNSAFE_NAME, "the name of a file in the zip file is not UTF-8", e);
    }
  }

  /// No two entries may use the same bytes: so small archives are made that unpack to petabytes.
  private static void requireApart(List<Entry> entries, long size) {
    List<Entry> byOffset = new ArrayList<>(entries);
    byOffset.sort(Comparator.comparingLong(Entry::offset));
    for (int i = 0; i < byOffset.size(); i++) {
      Entry entry = byOffset.get(i);
      long next = i + 1 < byOffset.size() ? byOffset.get(i + 1).offset() : size;
      if (entry.offset() + LOCAL_HEADER_BYTES + entry.nameBytes() + entry.packedBytes() > next) {
        throw damaged("'" + entry.name() + "' lies over another part of it");
      }
    }
  }

  private static void requireDistinct(List<Entry> entries) {
    Set<String> files = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (Entry entry : entries) {
      if (!entry.isDirectory()) {
        files.add(entry.name());
      }
      if (!all.add(entry.name())) {
        throw new ModelRefusedException(
            ModelFault.DUPLICATE, "'" + entry.name() + "' stands twice in the zip file");
      }
    }
    for (Entry entry : entries) {
      for (int slash = entry.name().indexOf('/');
          slash >= 0;
          slash = entry.name().indexOf('/', slash + 1)) {
        if (files.contains(entry.name().substring(0, slash))) {
          throw new ModelRefusedException(
              ModelFault.DUPLICATE,
              "'" + entry.name().substring(0, slash) + "' is both a file and a directory");
        }
      }
    }
  }

  private ByteBuffer bytes(long at, int count) throws IOException {
    return readFully(channel, at, count);
  }

  static ByteBuffer readFully(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.flip();
  }

  static ModelRefusedException damaged(String why) {
    return new ModelRefusedException(ModelFault.DAMAGED, "the zip file is damaged: " + why);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw damaged(otherwise);
    }
  }
}
