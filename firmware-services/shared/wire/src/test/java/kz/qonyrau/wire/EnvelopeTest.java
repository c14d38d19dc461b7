package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kz.qonyrau.vocabulary.BoxId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final BoxId BOX = new BoxId("0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11");
  private static final String ID = "5d1c0a52-1c9d-4c0e-8a70-9f6f2c6b7a01";
  private static final Instant AT = Instant.parse("2026-11-24T04:00:00.120Z");

  private static Envelope signed(String body) {
    return Envelope.sign(ID, BOX, 7, AT, "usage/1", body, SomeKeys.DEVICE);
  }

  private static byte[] altered(String from, String to) {
    String text = new String(signed("{\"a\":1}").bytes(), UTF_8);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(UTF_8);
  }

  @Test
  void comesBackAsItWasSigned() {
    Envelope envelope = signed("{\"a\":1}");

    Envelope read = Envelope.parse(envelope.bytes());

    assertThat(read).isEqualTo(envelope);
    assertThat(read.isSignedBy(SomeKeys.OF_DEVICE)).isTrue();
    assertThat(read.isSignedBy(SomeKeys.OF_PROVIDER)).isFalse();
  }

  @Test
  void signsExactlyTheseBytes() {
    assertThat(new String(signed("{\"a\":1}").signedBytes(), UTF_8))
        .isEqualTo(
            """
            qonyrau envelope 1
            5d1c0a52-1c9d-4c0e-8a70-9f6f2c6b7a01
            0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11
            7
            1795492800120
            usage/1
            {"a":1}\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"a\" :  1 }",
        "{\"z\":1,\"a\":{\"body\":[{}]}}",
        "{\"text\":\"қоңырау \\u2028 \\\" }\"}",
        "{\n\t\"a\": [1, 2,\n 3]\n}",
        "{\"n\":1.50}"
      })
  void keepsTheBodyByteForByte(String body) {
    Envelope read = Envelope.parse(signed(body).bytes());

    assertThat(read.body()).isEqualTo(body);
    assertThat(read.isSignedBy(SomeKeys.OF_DEVICE)).isTrue();
  }

  @Test
  void findsTheBodyWhereverItStandsAndWhateverStandsAround() {
    Envelope envelope = signed("{\"a\":1}");
    String shuffled =
        "{ \"body\" : {\"a\":1} , \"sig\":\""
            + envelope.sig()
            + "\",\"schema\":\"usage/1\",\"ts\":\"2026-11-24T04:00:00.12Z\",\n\"seq\":7,\"boxId\":\""
            + BOX
            + "\",\"msgId\":\""
            + ID
            + "\"}";

    assertThat(Envelope.parse(shuffled.getBytes(UTF_8))).isEqualTo(envelope);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"a\":1', '\"a\":2'",
    "'\"a\":1', '\"a\": 1'",
    "'\"seq\":7', '\"seq\":8'",
    "'04:00:00.120Z', '04:00:00.121Z'",
    "'usage/1', 'usage/2'",
    "'5d1c0a52', '5d1c0a53'",
    "'0b8f7a86', '0b8f7a87'"
  })
  void noticesAnyChange(String from, String to) {
    assertThat(Envelope.parse(altered(from, to)).isSignedBy(SomeKeys.OF_DEVICE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"seq\":7', '\"seq\":\"7\"', envelope.seq",
    "'\"seq\":7', '\"seq\":-1', envelope.seq",
    "'\"seq\":7', '\"seq\":7.0', envelope.seq",
    "'\"seq\":7', '\"seq\":1e3', envelope.seq",
    "'\"seq\":7', '\"seq\":99999999999999999999', envelope.seq",
    "'\"seq\":7', '\"seq\":NaN', envelope",
    "'\"seq\":7', '\"seq\":007', envelope",
    "'\"seq\":7,', '', envelope.seq",
    "'\"seq\":7', '\"seq\":null', envelope.seq",
    "'\"seq\":7', '\"seq\":7,\"seq\":7', envelope",
    "'\"seq\":7', '\"seq\":7,\"to\":\"+77011234567\"', envelope.to",
    "'5d1c0a52-', '5D1C0A52-', envelope.msgId",
    "'5d1c0a52-', '', envelope.msgId",
    "'0b8f7a86-', '0b8f7a8-', envelope.boxId",
    "'usage/1', 'usage', envelope.schema",
    "'usage/1', 'usage/0', envelope.schema",
    "'usage/1', '../x/1', envelope.schema",
    "'.120Z', '.120+05:00', envelope.ts",
    "'2026-11-24', '2026-13-24', envelope.ts",
    "'.120Z', '.120123Z', envelope.ts",
    "'{\"a\":1}', '[1]', envelope.body",
    "'{\"a\":1}', '\"a\"', envelope.body",
    "'{\"a\":1}', 'null', envelope.body",
    "'\"sig\":\"', '\"sig\":\"!', envelope.sig"
  })
  void refusesABadFieldAndNamesIt(String from, String to, String field) {
    assertThatThrownBy(() -> Envelope.parse(altered(from, to)))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @Test
  void refusesWhatIsNotOneObjectInUtf8() {
    byte[] good = signed("{\"a\":1}").bytes();
    List<byte[]> bad = new ArrayList<>();
    bad.add(new byte[0]);
    bad.add("null".getBytes(UTF_8));
    bad.add("{}".getBytes(UTF_8));
    bad.add(new String(good, UTF_8).getBytes(UTF_16LE));
    bad.add(("\uFEFF" + new String(good, UTF_8)).getBytes(UTF_8));
    bad.add((new String(good, UTF_8) + "{}").getBytes(UTF_8));
    byte[] broken = good.clone();
    broken[20] = (byte) 0xC3;
    bad.add(broken);
    bad.add("[".repeat(50_000).getBytes(UTF_8));
    bad.add(("{\"body\":" + "{\"a\":".repeat(30) + "1" + "}".repeat(31)).getBytes(UTF_8));

    for (byte[] one : bad) {
      assertThatThrownBy(() -> Envelope.parse(one)).isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void refusesWhatIsTooLarge() {
    String large = "{\"a\":\"" + "x".repeat(Envelope.LIMIT_BYTES) + "\"}";

    assertThatThrownBy(() -> signed(large)).isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> Envelope.parse(new byte[Envelope.LIMIT_BYTES + 1]))
        .isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverFailsInAnotherWayWhateverTheBytes(long seed) {
    Random random = new Random(seed);
    byte[] good = signed("{\"a\":[1,{\"b\":\"c\"}]}").bytes();

    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Envelope read = Envelope.parse(bytes);
        assertThat(Envelope.parse(read.bytes())).isEqualTo(read);
      } catch (MalformedMessageException refusal) {
        assertThat(refusal.field()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @Tag("PLT-08")
  @ValueSource(
      strings = {
        "",
        "acb/v1",
        "acb/v1/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11",
        "acb/v1/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11/",
        "acb/v1/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11/gossip",
        "acb/v1/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11/usage/more",
        "acb/v1/0B8F7A86-6f0c-4a54-9d3f-2f6f0a1c9b11/usage",
        "acb/v1/+/usage",
        "acb/v1/#",
        "#",
        "acb/v2/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11/usage",
        "/acb/v1/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11/usage",
        "acb/v1/0b8f7a86-6f0c-4a54-9d3f-2f6f0a1c9b11/USAGE",
        "$SYS/broker"
      })
  void refusesATopicThatIsNotOneOfABoxsOwn(String topic) {
    assertThatThrownBy(() -> Topic.parse(topic)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void readsEveryTopicThatItWrites() {
    for (TopicKind kind : TopicKind.values()) {
      Topic topic = new Topic(BOX, kind);

      assertThat(Topic.parse(topic.text())).isEqualTo(topic);
    }
  }
}
