package kz.qonyrau.telephony.asterisk;

/// A port that Asterisk takes for SIP.
///
/// @param transport what Asterisk calls it
/// @param protocol UDP or TCP
record SipPort(String transport, String protocol, int port) {

  /// The one without which no call goes anywhere.
  static final String MAIN = "udp";

  /// What to tell people if another program has it.
  String taken() {
    return "another program holds "
        + protocol
        + " port "
        + port
        + ", which SIP needs; end that program, or give the box another SIP port in its settings";
  }
}
