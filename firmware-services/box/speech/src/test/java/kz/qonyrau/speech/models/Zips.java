package kz.qonyrau.speech.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Zip archives for tests: honest ones by Java's library, and all others byte by byte.
final class Zips {

  /// An entry as it stands in the archive, true or not.
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  record Entry(
      String name,
      byte[] content,
      int flags,
      int method,
      int attributes,
      int madeBy,
      long claimedBytes) {

    static Entry file(String name, String content) {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return new Entry(name, bytes, 0, 8, 0100644, 3, bytes.length);
    }

    Entry flags(int value) {
      return new Entry(name, content, value, method, attributes, madeBy, claimedBytes);
    }

    Entry method(int value) {
      return new Entry(name, content, flags, value, attributes, madeBy, claimedBytes);
    }

    Entry attributes(int value) {
      return new Entry(name, content, flags, method, value, madeBy, claimedBytes);
    }

    Entry claims(long bytes) {
      return new Entry(name, content, flags, method, attributes, madeBy, bytes);
    }
  }

  private Zips() {}

  /// Packs a directory, its files below `prefix`.
  static void pack(Path directory, String prefix, Path zip) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      if (!prefix.isEmpty()) {
        out.putNextEntry(new ZipEntry(prefix));
      }
      for (Path file : Trees.files(directory)) {
        out.putNextEntry(new ZipEntry(prefix + file));
        out.write(Files.readAllBytes(directory.resolve(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] raw(Entry... entries) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<byte[]> list = new ArrayList<>();
    for (Entry entry : entries) {
      byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
      byte[] packed = entry.method() == 8 ? deflated(entry.content()) : entry.content();
      CRC32 crc = new CRC32();
      crc.update(entry.content());
      int offset = all.size();
      ByteBuffer local = ByteBuffer.allocate(30 + name.length).order(ByteOrder.LITTLE_ENDIAN);
      local.putInt(0x04034b50).putShort((short) 20).putShort((short) entry.flags());
      local.putShort((short) entry.method()).putInt(0).putInt((int) crc.getValue());
      local.putInt(packed.length).putInt((int) entry.claimedBytes());
      local.putShort((short) name.length).putShort((short) 0).put(name);
      all.writeBytes(local.array());
      all.writeBytes(packed);
      ByteBuffer central = ByteBuffer.allocate(46 + name.length).order(ByteOrder.LITTLE_ENDIAN);
      central.putInt(0x02014b50).put((byte) 20).put((byte) entry.madeBy()).putShort((short) 20);
      central.putShort((short) entry.flags()).putShort((short) entry.method()).putInt(0);
      central.putInt((int) crc.getValue()).putInt(packed.length);
      central.putInt((int) entry.claimedBytes()).putShort((short) name.length);
      central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0);
      central.putInt(entry.attributes() << 16).putInt(offset).put(name);
      list.add(central.array());
    }
    int listAt = all.size();
    list.forEach(all::writeBytes);
    ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
    end.putShort((short) entries.length).putShort((short) entries.length);
    end.putInt(all.size() - listAt).putInt(listAt).putShort((short) 0);
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(piece, 0, deflater.deflate(piece));
    }
    deflater.end();
    return out.toByteArray();
  }
}
