package kz.qonyrau.carrier;

import java.util.List;

/// What a subscriber of the rehearsal carrier says when he picks up.
///
/// @param lastDigits the last two digits of his number
/// @param sound the name of the recording among Debian's Russian prompts for Asterisk
/// @param text what is heard, in lower case
public record Phrase(String lastDigits, String sound, String text) {

  /// Everything that subscribers say, in the order of their numbers.
  public static final List<Phrase> ALL =
      List.of(
          new Phrase("00", "digits/today", "сегодня"),
          new Phrase("01", "digits/tomorrow", "завтра"),
          new Phrase("02", "digits/yesterday", "вчера"),
          new Phrase("03", "digits/day-1", "понедельник"),
          new Phrase("04", "digits/day-2", "вторник"),
          new Phrase("05", "digits/day-3", "среда"),
          new Phrase("06", "digits/day-4", "четверг"),
          new Phrase("07", "digits/day-5", "пятница"),
          new Phrase("08", "digits/day-6", "суббота"),
          new Phrase("09", "digits/day-0", "воскресенье"),
          new Phrase("10", "digits/10", "десять"),
          new Phrase("11", "digits/12", "двенадцать"),
          new Phrase("12", "digits/15", "пятнадцать"),
          new Phrase("13", "digits/20", "двадцать"),
          new Phrase("14", "digits/30", "тридцать"),
          new Phrase("15", "digits/50", "пятьдесят"),
          new Phrase("16", "digits/80", "восемьдесят"),
          new Phrase("17", "digits/h-1", "первый"),
          new Phrase("18", "digits/h-2", "второй"),
          new Phrase("19", "digits/h-3", "третий"),
          new Phrase("20", "digits/mon-2", "марта"),
          new Phrase("21", "digits/mon-7", "августа"),
          new Phrase("22", "auth-thankyou", "спасибо"),
          new Phrase("23", "vm-goodbye", "до свидания"),
          new Phrase("24", "vm-no", "нет"),
          new Phrase("25", "hello-world", "здравствуй, мир"),
          new Phrase("26", "vm-pls-try-again", "пожалуйста, попробуйте ещё раз"),
          new Phrase("27", "invalid", "ошибочный номер, попробуйте ещё раз"),
          new Phrase(
              "28",
              "queue-youarenext",
              "ваш звонок является первым в очереди и будет обслужен первым доступным оператором"),
          new Phrase("29", "vm-nobodyavail", "в данный момент никто не может принять ваш звонок"));
}
