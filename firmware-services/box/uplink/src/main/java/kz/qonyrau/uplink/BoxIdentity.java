package kz.qonyrau.uplink;

import java.security.cert.X509Certificate;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.TlsIdentity;

/// Who this box is, since it was enrolled.
///
/// @param organisation whose box it is, for people
/// @param tls its key and certificate
/// @param authority the provider's CA, the only one it believes
/// @param signer signs its messages
/// @param opening opens what central seals for this box alone
/// @param provider checks central's messages and documents
/// @param brokerHost where the broker was when the box was enrolled
public record BoxIdentity(
    BoxId id,
    String organisation,
    TlsIdentity tls,
    X509Certificate authority,
    DocumentSigner signer,
    OpeningKey opening,
    DocumentVerifier provider,
    String brokerHost,
    int brokerPort) {}
