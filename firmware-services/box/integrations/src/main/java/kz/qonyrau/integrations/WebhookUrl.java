package kz.qonyrau.integrations;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a webhook may point: to http or https, at any machine but this one.
final class WebhookUrl {

  static final int LONGEST = 500;

  private WebhookUrl() {}

  /// Reads an address.
  ///
  /// @throws IllegalArgumentException saying what is wrong and what to do
  static URI parse(String text, boolean localMayReceive) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("at most " + LONGEST + " characters");
    }
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException unreadable) {
      throw new IllegalArgumentException("an address such as https://crm.example/hook", unreadable);
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("begins with https:// or http://");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("holds no login or password; check the signature instead");
    }
    if (url.getHost() == null || url.getHost().isEmpty() || url.getRawFragment() != null) {
      throw new IllegalArgumentException("names a host and has no #");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535");
    }
    if (!localMayReceive && isPlainlyLocal(url.getHost())) {
      throw new IllegalArgumentException("names another machine than this box");
    }
    return url;
  }

  private static boolean isPlainlyLocal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    boolean literal = name.startsWith("[") || name.matches("[0-9.]+");
    try {
      return literal && isForbidden(InetAddress.getByName(host));
    } catch (java.net.UnknownHostException noAddress) {
      throw new IllegalArgumentException("names a host that exists", noAddress);
    }
  }

  /// Whether nobody is told anything there: this machine, and what only its own link reaches.
  static boolean isForbidden(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress();
  }

  static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return isSecure(url) ? 443 : 80;
  }

  static boolean isSecure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }
}
