package kz.qonyrau.wire;

import java.util.regex.Pattern;

/// Forms that several messages share.
final class Ids {

  static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Ids() {}
}
