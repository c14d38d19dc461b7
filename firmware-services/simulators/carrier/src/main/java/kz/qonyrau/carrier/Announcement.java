package kz.qonyrau.carrier;

import java.util.List;

/// What the network says in place of a subscriber before the call is answered, in a voice that is
/// made when the carrier starts. It says it twice, then it ends the call.
///
/// @param lastDigits the last two digits of his number
/// @param status the SIP status that the call ends with
/// @param language ISO 639
/// @param text what is heard, in lower case
public record Announcement(String lastDigits, int status, String language, String text) {

  /// All of them, in the order of their numbers.
  public static final List<Announcement> ALL =
      List.of(
          new Announcement(
              "64",
              404,
              "ru",
              "набранный вами номер не существует, проверьте правильность набора номера"),
          new Announcement(
              "68", 480, "ru", "телефон абонента выключен или находится вне зоны действия сети"),
          new Announcement(
              "69", 480, "kk", "абоненттің телефоны өшірулі немесе байланыс аясынан тыс жерде"));

  /// The name of its sound file, without the ending.
  String sound() {
    return "announcement-" + lastDigits;
  }
}
