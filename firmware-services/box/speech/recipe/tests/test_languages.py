"""What callers say in English and Kazakh, and how it is said and written for voices."""

import random
import re
import subprocess
import sys
import unittest
from pathlib import Path

from speechrecipe import numbers_en as en
from speechrecipe import numbers_kk as kk
from speechrecipe import numbers_ru as ru
from speechrecipe.common import common, names
from speechrecipe.corpus import ANSWERS
from speechrecipe.evaluate import answers
from speechrecipe.people import LANGUAGES, people
from speechrecipe.spelling import english, kyrgyz
from speechrecipe.text import LETTERS, Sentences
from speechrecipe.voices import VOICES

RECIPE = Path(__file__).resolve().parent.parent
LARGEST = 999_999_999


class English(unittest.TestCase):
    def test_numbers(self):
        for n, words in {
            0: "zero", 7: "seven", 12: "twelve", 15: "fifteen", 20: "twenty", 21: "twenty one", 40: "forty", 99: "ninety nine",
            100: "one hundred", 101: "one hundred one", 815: "eight hundred fifteen", 1000: "one thousand",
            15_500: "fifteen thousand five hundred", 100_000: "one hundred thousand", 2_001_042: "two million one thousand forty two",
            LARGEST: "nine hundred ninety nine million nine hundred ninety nine thousand nine hundred ninety nine",
        }.items():
            self.assertEqual(en.cardinal(n), words)
        self.assertEqual(en.cardinal(101, joined=True), "one hundred and one")
        self.assertEqual(en.cardinal(1_000_005, joined=True), "one million and five")
        self.assertEqual(en.cardinal(100, joined=True), "one hundred")

    def test_ordinals(self):
        for n, words in {
            1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth",
            20: "twentieth", 21: "twenty first", 32: "thirty second", 90: "ninetieth", 100: "one hundredth",
        }.items():
            self.assertEqual(en.ordinal(n), words)

    def test_dates_and_years(self):
        self.assertEqual(en.date(5, 7, month_first=True), "july fifth")
        self.assertEqual(en.date(31, 12, month_first=False), "the thirty first of december")
        for n, words in {
            1905: "nineteen oh five", 1900: "nineteen hundred", 1987: "nineteen eighty seven", 2000: "two thousand",
            2009: "two thousand nine", 2026: "twenty twenty six", 2010: "twenty ten", 1100: "eleven hundred",
        }.items():
            self.assertEqual(en.year(n), words)

    def test_times(self):
        for (hour, minute), words in {
            (10, 0): "ten o'clock", (10, 5): "five past ten", (10, 15): "quarter past ten", (10, 30): "half past ten",
            (10, 45): "quarter to eleven", (12, 40): "twenty to one", (11, 55): "five to twelve", (1, 20): "twenty past one",
        }.items():
            self.assertEqual(en.clock(hour, minute), words)

    def test_one_dollar_is_no_dollars(self):
        said = {en.money(random.Random(n)) for n in range(4000)}

        self.assertIn("one dollar", said)
        self.assertEqual([s for s in said if re.fullmatch("one (dollars|euros)", s)], [])
        self.assertIn("five hundred tenge", said)

    def test_a_voice_reads_only_words_that_it_knows(self):
        self.assertEqual(english("i owe ten tenge"), "i owe ten ten gay")
        self.assertEqual(english("i don't know"), "i don't know")
        self.assertIsNone(english("i live in ekibastuz"))


class Kazakh(unittest.TestCase):
    def test_numbers(self):
        for n, words in {
            0: "нөл", 1: "бір", 9: "тоғыз", 10: "он", 19: "он тоғыз", 20: "жиырма", 45: "қырық бес", 100: "жүз",
            101: "жүз бір", 200: "екі жүз", 999: "тоғыз жүз тоқсан тоғыз", 1000: "мың", 1001: "мың бір", 1100: "мың жүз",
            15_500: "он бес мың бес жүз", 100_000: "жүз мың", 1_000_000: "бір миллион",
            2_001_042: "екі миллион бір мың қырық екі",
            LARGEST: "тоғыз жүз тоқсан тоғыз миллион тоғыз жүз тоқсан тоғыз мың тоғыз жүз тоқсан тоғыз",
        }.items():
            self.assertEqual(kk.cardinal(n), words)
        self.assertEqual(kk.cardinal(1100, whole=True), "бір мың бір жүз")

    def test_ordinals(self):
        for n, words in {
            0: "нөлінші", 1: "бірінші", 2: "екінші", 3: "үшінші", 6: "алтыншы", 7: "жетінші", 9: "тоғызыншы", 10: "оныншы",
            20: "жиырмасыншы", 30: "отызыншы", 40: "қырқыншы", 50: "елуінші", 66: "алпыс алтыншы", 100: "жүзінші",
            1000: "мыңыншы", 1_000_000: "бір миллионыншы",
        }.items():
            self.assertEqual(kk.ordinal(n), words)

    def test_dates(self):
        for (day, month, kind), words in {
            (5, 5, ""): "мамырдың бесі", (5, 5, "in"): "мамырдың бесінде", (5, 5, "to"): "мамырдың бесіне",
            (6, 9, "in"): "қыркүйектің алтысында", (20, 2, "in"): "ақпанның жиырмасында", (10, 7, "to"): "шілденің онына",
            (31, 12, "of"): "желтоқсанның отыз бірінің", (2, 8, ""): "тамыздың екісі", (9, 11, "in"): "қарашаның тоғызында",
            (25, 11, "first"): "жиырма бесінші қараша",
        }.items():
            self.assertEqual(kk.date(day, month, kind), words)

    def test_times(self):
        self.assertEqual(kk.clock(10, 0, at=True), "сағат онда")
        self.assertEqual(kk.clock(14, 30, at=True), "сағат он төрт отызда")
        self.assertEqual(kk.clock(9, 5, at=True), "сағат тоғыз нөл бесте")
        self.assertEqual(kk.clock(0, 0, at=False), "сағат нөл")
        self.assertEqual(kk.clock(20, 15, at=False), "сағат жиырма он бес")

    def test_endings_agree_in_vowel_and_consonant(self):
        for (word, case), inflected in {
            ("алматы", "in"): "алматыда", ("шымкент", "in"): "шымкентте", ("астана", "to"): "астанаға", ("семей", "from"): "семейден",
            ("тараз", "from"): "тараздан", ("орал", "to"): "оралға", ("ақтау", "in"): "ақтауда", ("көкшетау", "from"): "көкшетаудан",
            ("қызылорда", "of"): "қызылорданың", ("өскемен", "from"): "өскеменнен", ("түркістан", "to"): "түркістанға",
            ("есік", "to"): "есікке", ("нұрлан", "it"): "нұрланды", ("айгүл", "it"): "айгүлді", ("серік", "it"): "серікті",
            ("дана", "it"): "дананы", ("мәдина", "of"): "мәдинаның", ("елу", "to"): "елуге", ("қырық", "to"): "қырыққа",
            ("ақтөбе", "in"): "ақтөбеде", ("сәрсенбі", "to"): "сәрсенбіге", ("жұма", "in"): "жұмада",
        }.items():
            self.assertEqual(kk.inflect(word, case), inflected)

    def test_sums(self):
        said = {kk.money(random.Random(n)) for n in range(4000)}

        self.assertTrue({"бес жүз теңге", "он мың теңге", "жүз теңге"} <= said)

    def test_a_kyrgyz_voice_reads_only_what_it_can(self):
        self.assertEqual(kyrgyz("екі жүз теңге"), "эки жүз теңге")
        self.assertEqual(kyrgyz("тауарды қайтару бұйрығы"), "тауарды кайтаруу буйрыгы")
        self.assertEqual(kyrgyz("уақыт түсу тиын"), "уакыт түсүү тыйын")
        self.assertIsNone(kyrgyz("иә"))  # no ә
        self.assertIsNone(kyrgyz("оператор келісім паркинг"))  # a front г beside back vowels


class Everywhere(unittest.TestCase):
    def test_numbers_end_where_they_must(self):
        for numbers in (ru, en, kk):
            for n in (-1, LARGEST + 1):
                with self.assertRaises(ValueError):
                    numbers.cardinal(n)

    def test_no_number_is_said_like_another(self):
        numbers = [*range(3000), *(random.Random(1).randrange(LARGEST) for _ in range(3000)), LARGEST]
        for said in (ru.cardinal, en.cardinal, kk.cardinal, kk.ordinal, en.ordinal):
            self.assertEqual(len({said(n) for n in numbers}), len(set(numbers)))

    def test_sentences_have_letters_alone(self):
        for language, letters in LETTERS.items():
            sentences = Sentences(language, 3)
            said = {sentences.next() for _ in range(5000)}

            self.assertEqual([s for s in said if not re.fullmatch(f"[{letters}]+( [{letters}]+)*", s)], [])

    def test_no_answer_is_two_answers(self):
        for language in LETTERS:
            sections = Sentences(language, 0).sections
            self.assertEqual(sum(len(set(sections[k])) for k in ANSWERS), len(answers(language)))

    def test_every_word_of_callers_can_be_said(self):
        # Each in a process of its own: espeak-ng has one language per process.
        for language in LETTERS:
            script = (
                "from speechrecipe.text import Sentences; from speechrecipe.g2p import PHONES, pronunciations\n"
                f"s = Sentences('{language}', 4)\n"
                "words = {w for _ in range(20000) for w in s.next().split()}\n"
                "words |= {w for v in s.sections.values() for p in v if not set('{(') & set(p) for w in p.split()}\n"
                f"ways = {{w: pronunciations(w, '{language}') for w in words}}\n"
                f"print(*(w for w in words if not ways[w] or any(p not in PHONES['{language}'] for p in sum(ways[w], ()))))"
            )
            told = subprocess.run([sys.executable, "-c", script], cwd=RECIPE, capture_output=True, text=True, check=True)
            self.assertEqual(told.stdout.split(), [], language)

    def test_kazakh_keeps_its_letters_apart(self):
        pairs = "қара кара ғой гой ең ен өт от үн ұн ән ан іс ыс су сү жаһан жақан ұл үл түн тұн"
        script = f"from speechrecipe.g2p import pronunciations\nfor w in '{pairs}'.split(): print(*pronunciations(w, 'kk')[0])"
        told = subprocess.run([sys.executable, "-c", script], cwd=RECIPE, capture_output=True, text=True, check=True).stdout.splitlines()
        for one, other in zip(told[::2], told[1::2]):
            self.assertNotEqual(one, other)

    def test_common_words_come_first(self):
        russian, english = common("ru"), common("en")

        for words in (russian, english):
            self.assertEqual(len(set(words)), len(words))
        for word in "гостиница перец дерево забор".split():
            self.assertLess(russian.index(word), russian.index("абака"), word)
        self.assertLess(english.index("tree"), 2000)
        self.assertGreater(len(russian), 60_000)
        self.assertNotIn("тж", russian)  # an abbreviation
        self.assertEqual(common("kk"), [])

    def test_names_are_known_in_english(self):
        known = set(names("en"))
        self.assertLessEqual({"christine", "jeremy", "italy", "baltimore"}, known)
        self.assertEqual([w for w in known if not re.fullmatch("[a-z]+", w)], [])
        self.assertEqual(names("ru"), [])

    def test_people_say_each_word_once(self):
        for language in LANGUAGES:
            for who, said in people(language).items():
                words = [s.sentence for s in said]
                self.assertEqual(len(set(words)), len(words), who)
                for speech in said:
                    self.assertRegex(speech.sentence, f"^[{LETTERS[language]}]+$")
                    self.assertTrue(1_000 < len(speech.samples) < 40_000, speech.sentence)
        self.assertEqual(people("kk"), {})

    def test_nobody_is_trained_on_and_tested_with(self):
        for voices in VOICES.values():
            speakers = {u: {(v.engine, v.speaker or v.name, x) for v in voices if v.use == u for x in v.variants} for u in ("train", "dev", "test")}
            self.assertFalse(speakers["train"] & speakers["dev"] or speakers["train"] & speakers["test"] or speakers["dev"] & speakers["test"])
            self.assertEqual([v.name for v in voices if v.use == "train" and ("NC" in v.licence or "ND" in v.licence)], [])


if __name__ == "__main__":
    unittest.main()
