package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// A document of central together with its signature: a licence, a lease. It stands for itself, in
/// whatever envelope, file or table it is kept.
///
/// The signature covers, in UTF-8 and separated by single line feeds: the words `qonyrau document
/// 1`, the schema, and the text byte for byte as received. The schema is covered so that no
/// document can be passed off as one of another kind.
///
/// @param schema name and version of the text's form, for example `licence/1`
/// @param text the JSON of the document, exactly as it was signed
/// @param signature Ed25519 in Base64
public record SignedDocument(String schema, String text, String signature) {

  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{86}==");

  /// Signs a text.
  public static SignedDocument sign(String schema, String text, DocumentSigner signer) {
    return new SignedDocument(schema, text, signer.sign(signedBytes(schema, text)));
  }

  /// Reads the body of an envelope of that schema. Neither the signature nor the text is looked at
  /// yet.
  ///
  /// @throws MalformedMessageException if it is not a document with its signature
  public static SignedDocument parse(String schema, String body) {
    Fields fields = Json.object("document", body);
    SignedDocument document =
        new SignedDocument(
            schema,
            fields.text("text", Envelope.LIMIT_BYTES / 2),
            fields.text("signature", SIGNATURE, "a signature"));
    fields.end();
    return document;
  }

  /// The body of an envelope.
  public String body() {
    ObjectNode node = Json.object();
    node.put("text", text);
    node.put("signature", signature);
    return Json.write(node);
  }

  /// Whether this signer signed exactly this text as a document of this schema.
  public boolean isSignedBy(DocumentVerifier verifier) {
    return verifier.accepts(signedBytes(schema, text), signature);
  }

  private static byte[] signedBytes(String schema, String text) {
    return String.join("\n", "qonyrau document 1", schema, text).getBytes(StandardCharsets.UTF_8);
  }
}
