package kz.qonyrau.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ObjectNode;

/// What central has to say to the customer whose box this is: the newest notices, so that one that
/// got lost on the way comes with the next one.
///
/// @param boxId the only box it is good for
/// @param version counts this box's, from 1; a box never goes back (PLT-10)
/// @param notices the newest first, at most [#MOST], each once
public record NoticeDocument(BoxId boxId, long version, List<Notice> notices)
    implements BoxDocument {

  /// So many fit.
  public static final int MOST = 20;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public NoticeDocument {
    notices = List.copyOf(notices);
    if (version < 1) {
      throw new MalformedMessageException("notice.version", "is below 1");
    }
    if (notices.size() > MOST) {
      throw new MalformedMessageException("notice.notices", "has more than " + MOST + " elements");
    }
    Set<String> ids = new HashSet<>();
    for (Notice notice : notices) {
      if (!ids.add(notice.id())) {
        throw new MalformedMessageException("notice.notices", "has the same notice twice");
      }
    }
  }

  /// Reads the text of signed notices. The signature is not looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static NoticeDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.NOTICE)) {
      throw new MalformedMessageException("notice", "is not of schema " + Schemas.NOTICE);
    }
    Fields fields = Json.object("notice", document.text());
    NoticeDocument notices =
        new NoticeDocument(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("version", 1, Long.MAX_VALUE),
            fields.objects("notices", MOST, Notice::read));
    fields.end();
    return notices;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    var list = node.putArray("notices");
    notices.forEach(notice -> list.add(notice.write()));
    return SignedDocument.sign(Schemas.NOTICE, Json.write(node), signer);
  }
}
