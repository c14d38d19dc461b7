package kz.qonyrau.speech.vosk.worker;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes frames: the length of the rest in 4 bytes, one byte for the type, then the fields in
/// their order, big-endian; texts in UTF-8 behind their length. Safe for use from several threads.
public final class FrameWriter {

  static final int LONGEST = 32 << 20;

  static final byte OPEN = 1;
  static final byte AUDIO = 2;
  static final byte FINISH = 3;
  static final byte DROP = 4;
  static final byte PING = 5;
  static final byte SETTLE = 6;
  static final byte READY = 16;
  static final byte HEARD = 17;
  static final byte FAILED = 18;
  static final byte PONG = 19;

  private final DataOutputStream out;

  public FrameWriter(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
  }

  /// Writes one frame; it may stay in a buffer until [#flush].
  public void write(Frame frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    encode(frame, new DataOutputStream(bytes));
    if (bytes.size() > LONGEST) {
      throw new IOException("a frame of " + bytes.size() + " bytes");
    }
    synchronized (out) {
      out.writeInt(bytes.size());
      bytes.writeTo(out);
    }
  }

  /// Sends what was written.
  public void flush() throws IOException {
    synchronized (out) {
      out.flush();
    }
  }

  private static void encode(Frame frame, DataOutputStream to) throws IOException {
    switch (frame) {
      case Frame.Open open -> {
        to.writeByte(OPEN);
        to.writeInt(open.listening());
        to.writeBoolean(open.grammar().isPresent());
        if (open.grammar().isPresent()) {
          text(open.grammar().get(), to);
        }
      }
      case Frame.Audio audio -> {
        to.writeByte(AUDIO);
        to.writeInt(audio.listening());
        to.write(audio.pcm());
      }
      case Frame.Settle settle -> {
        to.writeByte(SETTLE);
        to.writeInt(settle.listening());
      }
      case Frame.Finish finish -> {
        to.writeByte(FINISH);
        to.writeInt(finish.listening());
      }
      case Frame.Drop drop -> {
        to.writeByte(DROP);
        to.writeInt(drop.listening());
      }
      case Frame.Ping ping -> {
        to.writeByte(PING);
        to.writeInt(ping.number());
      }
      case Frame.Ready ready -> {
        to.writeByte(READY);
        to.writeLong(ready.residentKib());
      }
      case Frame.Heard heard -> {
        to.writeByte(HEARD);
        to.writeInt(heard.listening());
        to.writeLong(heard.bytes());
        to.writeByte(heard.what().code());
        text(heard.json(), to);
        to.writeLong(heard.nanos());
      }
      case Frame.Failed failed -> {
        to.writeByte(FAILED);
        to.writeInt(failed.listening());
        text(failed.why(), to);
      }
      case Frame.Pong pong -> {
        to.writeByte(PONG);
        to.writeInt(pong.number());
        to.writeInt(pong.longest());
        to.writeLong(pong.longestMillis());
        to.writeLong(pong.busyNanos());
        to.writeLong(pong.residentKib());
      }
    }
  }

  private static void text(String text, DataOutputStream to) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
  }
}
