package kz.qonyrau.telephony.trunks;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Msisdn;

/// What a technician says of a trunk, as the contract with the carrier has it.
///
/// Nothing in here can leave its line in Asterisk's configuration, which knows no quoting.
///
/// @param name what people call it
/// @param host name or address of the carrier's SIP server
/// @param port its port
/// @param transport how SIP goes there
/// @param media how speech goes there; encrypted only together with TLS, since its keys go with the
///   signalling
/// @param authority who vouches for the carrier, only with TLS; without it, those whom this machine
///   trusts
/// @param login how to register there; empty where the carrier knows the box by its address
/// @param codecs what may be spoken, the best first
/// @param channelLimit the most calls that the carrier allows at once (PLT-04)
/// @param price what a minute costs, in tenge; the cheapest trunk is asked first
/// @param place among trunks of the same price, the lowest first
/// @param callerNumber the number that subscribers see, of the provider's pool (AC-CAL-03)
/// @param enabled whether calls go there
public record TrunkTerms(
    String name,
    String host,
    int port,
    Transport transport,
    Media media,
    Optional<CarrierAuthority> authority,
    Optional<Login> login,
    List<Codec> codecs,
    int channelLimit,
    BigDecimal price,
    int place,
    Msisdn callerNumber,
    boolean enabled) {

  public static final int MOST_CHANNELS = 1000;
  public static final int LAST_PLACE = 99;
  public static final BigDecimal HIGHEST_PRICE = new BigDecimal("9999.9999");

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.+-]{1,64}");
  // A semicolon would begin a comment.
  private static final Pattern PASSWORD = Pattern.compile("[!-:<-~]{1,128}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()-]{0,59}");

  /// How SIP goes to a carrier.
  public enum Transport {
    UDP,
    TCP,
    TLS
  }

  /// How speech goes to a carrier.
  public enum Media {
    /// As it is.
    PLAIN,
    /// Encrypted, with keys in the signalling (SRTP, SDES), or not at all.
    SRTP
  }

  /// How speech is coded on the way.
  public enum Codec {
    ALAW,
    ULAW,
    G722;

    /// Asterisk's word.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What the carrier lets the box register with.
  public record Login(String user, String password) {

    /// @throws IllegalArgumentException if a value holds what Asterisk's configuration cannot; the
    ///   message does not repeat it
    public Login {
      if (!isUser(user)) {
        throw new IllegalArgumentException(
            "the trunk's user must have 1 to 64 letters, digits and _ . + -");
      }
      if (!isPassword(password)) {
        throw new IllegalArgumentException(
            "the trunk's password must have 1 to 128 printable ASCII characters, no space and no"
                + " semicolon");
      }
    }

    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /// @throws IllegalArgumentException if a value is out of range
  public TrunkTerms {
    codecs = List.copyOf(codecs);
    require(isName(name), "not a trunk's name, " + name.length() + " characters");
    require(isHost(host), "not a trunk's host: '" + host.replaceAll("\\W", "?") + "'");
    require(port >= 1 && port <= 65535, "not a trunk's port: " + port + ", expected 1 to 65535");
    require(
        media == Media.PLAIN || transport == Transport.TLS,
        "SRTP needs TLS, since keys in clear signalling protect nothing");
    require(
        authority.isEmpty() || transport == Transport.TLS,
        "an authority needs TLS, since no other transport shows a certificate");
    require(
        !codecs.isEmpty() && codecs.stream().distinct().count() == codecs.size(),
        "a trunk has each codec once, and one at least: " + codecs);
    require(
        channelLimit >= 1 && channelLimit <= MOST_CHANNELS,
        "not a channel limit: " + channelLimit + ", expected 1 to " + MOST_CHANNELS);
    require(
        isPrice(price), "not a price: " + price + ", expected 0 to 9999.9999, four places at most");
    require(
        place >= 1 && place <= LAST_PLACE,
        "not a place: " + place + ", expected 1 to " + LAST_PLACE);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// The same at another address.
  TrunkTerms movedTo(String newHost, int newPort) {
    return new TrunkTerms(
        name,
        newHost,
        newPort,
        transport,
        media,
        authority,
        login,
        codecs,
        channelLimit,
        price,
        place,
        callerNumber,
        enabled);
  }

  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.endsWith(" ");
  }

  public static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }

  public static boolean isUser(String text) {
    return USER.matcher(text).matches();
  }

  public static boolean isPassword(String text) {
    return PASSWORD.matcher(text).matches();
  }

  public static boolean isPrice(BigDecimal price) {
    return price.signum() >= 0 && price.scale() <= 4 && price.compareTo(HIGHEST_PRICE) <= 0;
  }
}
