"""What a model carries for the box: the same pronunciations as the recipe's, and nothing lost in packing."""

import gzip
import re
import tempfile
import unittest
from pathlib import Path

from speechrecipe import g2p, sources
from speechrecipe.text import Sentences


class Table:
    """`g2p.tsv` as the box's PhonemeTable reads it."""

    def __init__(self, text: str) -> None:
        lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]

        def named(kind: str) -> list[list[str]]:
            return [fields for name, *fields in lines if name == kind]

        [[self.voice]] = named("voice")
        [[self.dropped]] = named("drop")
        self.long = [] in named("long")
        self.replace, self.endings, self.also, self.before = (named(k) for k in ("replace", "ending", "also", "before"))
        self.phonemes = {a: b.split() for a, b in named("phoneme")}
        self.merges = {a: b.split() for a, b in named("merge")}
        self.words: dict[str, list[str]] = {}
        for word, way in named("word"):
            self.words.setdefault(word, []).append(way)
        self.count = sum(len(named(k)) for k in "voice drop long replace ending also before phoneme merge word".split())
        self.lines = len(lines)

    def ways(self, word: str, said: str, phones: list[str]) -> list[str]:
        if word in self.words:
            return self.words[word]
        for text, other in self.replace:
            said = said.replace(text, other)
        usual: list[str] = []
        for phoneme in re.split("[_ |]+", said):
            phoneme = "".join(c for c in phoneme if c not in self.dropped)
            if phoneme and phoneme != "-":
                become = self._phones(phoneme, phones)
                if become is None:
                    return []
                for phone in become:
                    if self.long and usual and usual[-1] == phone:
                        continue
                    if usual and usual[-1] in self.merges.get(phone, []):
                        usual.pop()
                    usual.append(phone)
        way = " ".join(usual)
        also = [way[: -len(a)] + b for end, a, b in self.also if word.endswith(end) and f" {way}".endswith(f" {a}")]
        return [way, *also, *(f"{more} {way}" for begin, more in self.before if word.startswith(begin))] if way else []

    def _phones(self, phoneme: str, phones: list[str]) -> list[str] | None:
        def listed(name: str) -> list[str] | None:
            return self.phonemes.get(name, [name] if name in phones[1:] else None)

        changed = (phoneme[: -len(end)] + other for end, other in self.endings if phoneme.endswith(end))
        return next((p for p in map(listed, [phoneme, *changed]) if p is not None), None)


def table_of(language: str) -> Table:
    """The table of a language, with espeak-ng's voice for it: g2p.py sets that once in a process."""
    g2p._voice.cache_clear()
    return Table(sources.table(language))


class Pronunciations(unittest.TestCase):
    def tearDown(self):
        g2p._voice.cache_clear()

    def test_the_table_says_words_as_the_recipe_does(self):
        for language in g2p.PHONES:
            table = table_of(language)
            sections = Sentences(language, 1).sections.values()
            words = {w for s in sections for p in s if not set(p) & set("{(") for w in p.split()}
            self.assertGreater(len(words), 100)
            for word in words:
                ways = [" ".join(way) for way in g2p.pronunciations(word, language)]
                self.assertEqual(table.ways(word, g2p.espeak(word, language), g2p.PHONES[language]), ways, word)

    def test_the_table_has_every_exception_and_only_lines_that_the_box_knows(self):
        for language in g2p.PHONES:
            table = table_of(language)
            self.assertEqual(table.words, g2p.EXCEPTIONS[language])
            self.assertEqual(table.voice, g2p.VOICES[language])
            self.assertEqual(table.count, table.lines)

    def test_other_ways_by_rule_are_in_the_table(self):
        for language, word in (("ru", "двадцать"), ("kk", "елу")):
            table = table_of(language)
            ways = table.ways(word, g2p.espeak(word, language), g2p.PHONES[language])
            self.assertEqual(ways, [" ".join(w) for w in g2p.pronunciations(word, language)])
            self.assertEqual(len(ways), 2)

    def test_a_stop_is_part_of_its_affricate(self):
        merges = Table(sources.table("ru")).merges
        self.assertEqual({k: sorted(v) for k, v in merges.items()}, {"ts": ["d", "t"], "tS;": ["d", "d;", "t", "t;"]})
        self.assertEqual(Table(sources.table("en")).merges, {})


    def test_the_box_is_tested_and_shipped_with_these_tables(self):
        speech = Path(__file__).resolve().parents[2]
        for language, file in {
            "ru": "models/ru-starter-8k/lm/g2p.tsv",
            "en": "src/test/resources/models/g2p-en.tsv",
            "kk": "src/test/resources/models/g2p-kk.tsv",
        }.items():
            self.assertEqual((speech / file).read_text("utf8"), sources.table(language))


class Packing(unittest.TestCase):
    FILES = {"phones.txt": "SIL\na\n", "lexicon.txt": "а\ta\n", "lm.arpa": "\\data\\\n"}

    def test_the_box_finds_what_the_graph_was_made_of(self):
        with tempfile.TemporaryDirectory() as folder:
            lm, model = Path(folder, "lm"), Path(folder, "model")
            lm.mkdir()
            for name, text in self.FILES.items():
                (lm / name).write_text(text, "utf8")
            model.joinpath("lm").mkdir(parents=True)
            model.joinpath("lm/lm.arpa").write_text("of another run")

            sources.write("ru", lm, model, 2.5)
            first = {p.name: p.read_bytes() for p in (model / "lm").iterdir()}
            sources.write("ru", lm, model, 2.5)

            self.assertEqual(first, {p.name: p.read_bytes() for p in (model / "lm").iterdir()})
            self.assertEqual(set(first), {"phones.txt", "lexicon.txt.gz", "lm.arpa.gz", "g2p.tsv", "graph.conf"})
            self.assertEqual(first["graph.conf"], b"--unk-cost=2.5\n")
            self.assertEqual(first["phones.txt"].decode(), self.FILES["phones.txt"])
            for name in sources.PACKED:
                self.assertEqual(gzip.decompress(first[f"{name}.gz"]).decode(), self.FILES[name])


if __name__ == "__main__":
    unittest.main()
