package kz.qonyrau.carrier;

/// One line of the carrier's own record: a subscriber's phone rang, or his call ended.
///
/// @param number the number that was dialled, digits only
/// @param id Asterisk's name for the call, the same in both lines
/// @param over whether the call has ended; it rang otherwise
public record CarrierCall(String number, String id, boolean over) {

  static CarrierCall parse(String words) {
    String[] parts = words.split(" ", -1);
    if (parts.length != 3 || !(parts[0].equals("rings") || parts[0].equals("ends"))) {
      throw new IllegalArgumentException("not a line of the dialplan: " + parts.length + " words");
    }
    return new CarrierCall(parts[1], parts[2], parts[0].equals("ends"));
  }

  String json() {
    return "{\"event\":\"%s\",\"number\":\"%s\",\"call\":\"%s\"}"
        .formatted(over ? "ends" : "rings", number, id);
  }
}
