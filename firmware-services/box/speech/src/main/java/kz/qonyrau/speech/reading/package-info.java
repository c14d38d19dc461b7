/// How a text is read aloud: what an author wrote becomes the words that a voice says, so that all
/// voices read alike and a page can show it before anybody is called (AC-TTS-04).
///
/// [ReadingRules] goes through the text once. At each place it asks its rules in order, and the
/// first that knows what starts there says how far it goes and how it is read. What no rule knows
/// stays as it is written.
///
/// | written | Russian | Kazakh | English |
/// |---|---|---|---|
/// | `21`, `15 000`, `-5`; with one or two, the gender of what follows | двадцать один | жиырма бір | twenty-one |
/// | `1000` | одна тысяча | мың | one thousand |
/// | `3,5`, `3.5`; more than six places digit by digit | три целых пять десятых | үш бүтін оннан бес | three point five |
/// | `5-й`, `5-ші`, `5th`: an ending | пятый | бесінші | fifth |
/// | `10-ти`, `10-ға`: a case | десяти | онға | |
/// | `5-сынып`: in Kazakh a hyphen before a noun | | бесінші сынып | |
/// | `10–12` | десять – двенадцать | он – он екі | ten to twelve |
/// | `2 %`, `2 км`, `2 мин.`, `2 млн` | два процента | екі пайыз | two percent |
/// | `1 250,50 ₸`, `KZT 300`, `$20`, `5 млн ₸` | … тенге пятьдесят тиынов | … теңге елу тиын | … tenge fifty tiyn |
/// | `25.11.2026`, `2026-11-25`, `25 ноября 2026` | двадцать пятое ноября две тысячи двадцать шестого года | екі мың жиырма алтыншы жылғы жиырма бесінші қараша | the twenty-fifth of November twenty twenty-six |
/// | `с 1 по 5 мая`, `1–5 мая` | с первого по пятое мая | бірінші – бесінші мамыр | the first to the fifth of May |
/// | `25.11`, two digits each and a day of the calendar | двадцать пятое ноября | жиырма бесінші қараша | the twenty-fifth of November |
/// | `2026 г.`, `2026 жыл` | две тысячи двадцать шестой год | екі мың жиырма алтыншы жыл | |
/// | `XXI век`; Roman numerals mean nothing else | двадцать первый век | жиырма бірінші ғасыр | twenty-first century |
/// | `14:30` | четырнадцать часов тридцать минут | сағат он төрт отыз | fourteen thirty |
/// | `9:00–18:00` | с девяти часов до восемнадцати часов | сағат тоғыздан он сегізге дейін | nine o'clock to eighteen hundred hours |
/// | `+7 701 123 45 67`, `8 (701) 123-45-67` | плюс семь, семьсот один, … | плюс жеті, жеті жүз бір, … | plus seven, seven zero one, … |
/// | `тел. 1414`: three or four digits after such a word | четырнадцать четырнадцать | он төрт он төрт | one four one four |
/// | `007`, `код 12`, 13 to 20 digits: one by one | ноль, ноль, семь | нөл, нөл, жеті | zero, zero, seven |
/// | `1.2.3`, and a date that the calendar does not have | один точка два точка три | бір нүкте екі нүкте үш | one point two point three |
/// | `ТОО`, `ЖШС`, `ул.`, `кв.`, `т.д.`, `№` | тэ о о, улица | же ше эс, пәтер | number |
/// | `info@site5.kz`, `10-летний`, `5G`, more than 20 digits | as written | as written | as written |
///
/// A number stands in the nominative, in Russian in the genitive or dative right after a
/// preposition that demands it and no other case (до, от, около, после, к). A Russian day stands in
/// the genitive right after any other word, since that says when something happens: приём 3 декабря
/// is read приём третьего декабря; after на, за, по and и, after a mark and at the start it stays
/// in the nominative. `9.30` and `18-00` are times only right after в, с, до, к, после, сағат and
/// at. A full stop that shortens a word is dropped; one that may end the sentence as well stays.
///
/// The numbers are spelled by a table for each language, not by ICU4J's rule-based formats. Those
/// know numbers only, neither the tenge nor what one and two agree with, and their Kazakh forty is
/// ordered as қырықыншы, which nobody says. Three tables are less than what would have to be put
/// around a library of 14 MB, on a box that has nothing else to do with it.
@NullMarked
package kz.qonyrau.speech.reading;

import org.jspecify.annotations.NullMarked;
