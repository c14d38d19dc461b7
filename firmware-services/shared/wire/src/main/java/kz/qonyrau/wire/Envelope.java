package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// What every message on the broker is wrapped in (PLT-25).
///
/// The signature covers, in UTF-8 and separated by single line feeds: the words `qonyrau envelope
/// 1`, `msgId`, `boxId`, `seq` in decimal, `ts` in milliseconds since 1970 in decimal, `schema`,
/// and then the body **byte for byte as it stands in the message**, from its opening to its closing
/// brace. None of the fields before the body can contain a line feed, so no two envelopes have the
/// same signed bytes. Upward the box signs with the key that it registered when it was enrolled;
/// downward central signs with its document key.
///
/// @param msgId chosen by the sender and kept over retries; the receiver drops what it knows
/// @param boxId the box that speaks or is spoken to; equal to the topic's
/// @param seq counts the sender's messages from 1 without gaps; 0 for messages that are not queued
/// @param ts when the fact happened, in whole milliseconds
/// @param schema name and version of the body's form, for example `usage/1`
/// @param body a JSON object, exactly as it is signed
/// @param sig Ed25519 in Base64
public record Envelope(
    String msgId, BoxId boxId, long seq, Instant ts, String schema, String body, String sig) {

  /// The largest message, in bytes.
  public static final int LIMIT_BYTES = 256 * 1024;

  private static final Pattern SCHEMA = Pattern.compile("[a-z]{1,20}/[1-9][0-9]{0,3}");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{86}==");
  private static final String SIGNED_AS = "qonyrau envelope 1";

  /// @throws MalformedMessageException if a field is not of its form; the body is taken as it is
  public Envelope {
    require("envelope.msgId", Ids.UUID.matcher(msgId).matches(), "is not a UUID in lower case");
    require("envelope.seq", seq >= 0, "is negative");
    require(
        "envelope.ts", ts.equals(ts.truncatedTo(ChronoUnit.MILLIS)), "is finer than a millisecond");
    require("envelope.schema", SCHEMA.matcher(schema).matches(), "is not a name, / and a version");
    require("envelope.sig", SIGNATURE.matcher(sig).matches(), "is not a signature");
  }

  /// Wraps and signs a body.
  ///
  /// @throws MalformedMessageException if the body is not one JSON object, or the whole is larger
  ///   than [#LIMIT_BYTES]
  public static Envelope sign(
      String msgId,
      BoxId boxId,
      long seq,
      Instant ts,
      String schema,
      String body,
      DocumentSigner signer) {
    var _ = Json.object("envelope.body", body);
    Instant at = ts.truncatedTo(ChronoUnit.MILLIS);
    String sig = signer.sign(signedBytes(msgId, boxId, seq, at, schema, body));
    Envelope envelope = new Envelope(msgId, boxId, seq, at, schema, body, sig);
    require(
        "envelope",
        envelope.bytes().length <= LIMIT_BYTES,
        "is larger than " + LIMIT_BYTES + " bytes");
    return envelope;
  }

  /// Reads an envelope. The body is kept as text; its own form is for the reader of its schema.
  ///
  /// @throws MalformedMessageException if anything at all is wrong, naming the field
  public static Envelope parse(byte[] bytes) {
    String text = Json.text("envelope", bytes);
    Fields fields = Json.object("envelope", text);
    Envelope envelope =
        new Envelope(
            fields.text("msgId", Ids.UUID, "a UUID in lower case"),
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("seq", 0, Long.MAX_VALUE),
            fields.instant("ts"),
            fields.text("schema", SCHEMA, "a name, / and a version"),
            rawBody(text),
            fields.text("sig", SIGNATURE, "a signature"));
    var _ = fields.object("body");
    fields.end();
    return envelope;
  }

  /// The message as it is published.
  public byte[] bytes() {
    ObjectNode node = Json.object();
    node.put("msgId", msgId);
    node.put("boxId", boxId.value());
    node.put("seq", seq);
    node.put("ts", ts.toString());
    node.put("schema", schema);
    node.putRawValue("body", new RawValue(body));
    node.put("sig", sig);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }

  /// Whether this signer signed exactly this.
  public boolean isSignedBy(DocumentVerifier verifier) {
    return verifier.accepts(signedBytes(msgId, boxId, seq, ts, schema, body), sig);
  }

  /// The bytes that the signature covers.
  public byte[] signedBytes() {
    return signedBytes(msgId, boxId, seq, ts, schema, body);
  }

  private static byte[] signedBytes(
      String msgId, BoxId boxId, long seq, Instant ts, String schema, String body) {
    return String.join(
            "\n",
            SIGNED_AS,
            msgId,
            boxId.value(),
            Long.toString(seq),
            Long.toString(ts.toEpochMilli()),
            schema,
            body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Cuts the body out of the message. The text is known to be one JSON object without duplicates.
  private static String rawBody(String text) {
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean found = parser.currentName().equals("body");
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (found) {
          int to = (int) parser.currentLocation().getCharOffset();
          return text.substring(from, to);
        }
      }
    } catch (JacksonException broken) {
      throw Json.malformed("envelope", broken);
    }
    throw new MalformedMessageException("envelope.body", "is missing");
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException(field, otherwise);
    }
  }
}
