"""Fast checks of the parts that a wrong digit would break silently."""

import math
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from speechrecipe import graph, lexicon
from speechrecipe.export import MFCC_CONF, MODEL_CONF, KaldiFile, write_transitions
from speechrecipe.g2p import PHONES, pronunciations
from speechrecipe.kaldi_reader import affine_layers
from speechrecipe.mfcc import mfcc
from speechrecipe.mmi import Chains, chain, log_odds, phone_trigram
from speechrecipe.numbers_ru import cardinal, ordinal
from speechrecipe.text import Sentences, part_of
from speechrecipe.vosk import Model


def slow_mfcc(x: np.ndarray) -> list[float]:
    """The first frame by the formulas, one sum at a time."""
    w = [float(v) for v in x[:200]]
    middle = sum(w) / 200
    w = [v - middle for v in w]
    w = [v - 0.97 * (w[i - 1] if i else w[0]) for i, v in enumerate(w)]
    w = [v * (0.5 - 0.5 * math.cos(2 * math.pi * i / 199)) ** 0.85 for i, v in enumerate(w)]
    mel = lambda f: 1127 * math.log(1 + f / 700)
    edges = [mel(20) + k * (mel(3700) - mel(20)) / 41 for k in range(42)]
    power = [
        sum(v * math.cos(2 * math.pi * k * i / 256) for i, v in enumerate(w)) ** 2
        + sum(v * math.sin(2 * math.pi * k * i / 256) for i, v in enumerate(w)) ** 2
        for k in range(128)
    ]
    logs = []
    for low, centre, high in zip(edges, edges[1:], edges[2:]):
        energy = 0.0
        for k, p in enumerate(power):
            m = mel(k * 8000 / 256)
            if low < m < high:
                energy += p * ((m - low) / (centre - low) if m <= centre else (high - m) / (high - centre))
        logs.append(math.log(max(energy, 2.0**-23)))
    return [
        sum(v * math.cos(math.pi / 40 * (b + 0.5) * k) for b, v in enumerate(logs))
        * math.sqrt((2 if k else 1) / 40)
        * (1 + 11 * math.sin(math.pi * k / 22))
        for k in range(40)
    ]


class Features(unittest.TestCase):
    def test_cepstra_follow_the_formulas(self):
        x = np.random.default_rng(1).normal(0, 1000, 200)

        np.testing.assert_allclose(mfcc(x)[0], slow_mfcc(x), atol=1e-3)

    def test_no_frame_of_less_than_a_window(self):
        self.assertEqual(mfcc(np.zeros(199)).shape, (0, 40))


class Criterion(unittest.TestCase):
    def test_gradient_is_that_of_sums_over_all_paths(self):
        torch.manual_seed(1)
        phones, optional = chain([(1, 2), (1,)])
        scores = torch.randn(1, 7, 6, requires_grad=True)
        trigram = phone_trigram([[(1, 2), (1,)]], 3)
        tensors = Chains(*(torch.tensor([v]) for v in (phones, optional)), torch.tensor([len(phones)]))

        odds, gradient = log_odds(scores, torch.tensor([7]), tensors, trigram)
        wanted = self.numerator(scores[0], phones, optional) - self.denominator(scores[0], trigram)
        wanted.backward()

        self.assertAlmostEqual(odds.item(), wanted.item(), places=4)
        torch.testing.assert_close(gradient, scores.grad, atol=1e-4, rtol=1e-4)

    @staticmethod
    def numerator(y, phones, optional):
        ends = {len(phones) - 1} | ({len(phones) - 2} if optional[-1] else set())
        at = {0: y[0, 2 * phones[0]]} | ({1: y[0, 2 * phones[1]]} if optional[0] else {})
        for row in y[1:]:
            ways: dict[int, list] = {}
            for i, s in at.items():
                ways.setdefault(i, []).append(s + row[2 * phones[i] + 1])
                for j in (i + 1, i + 2):
                    if j < len(phones) and (j == i + 1 or optional[i + 1]):
                        ways.setdefault(j, []).append(s + row[2 * phones[j]])
            at = {i: torch.logsumexp(torch.stack(w), 0) for i, w in ways.items()}
        return torch.logsumexp(torch.stack([s for i, s in at.items() if i in ends]), 0)

    @staticmethod
    def denominator(y, trigram):
        at = {(0, n): trigram[0, 0, n].log() + y[0, 2 * n] for n in range(3)}
        for row in y[1:]:
            ways: dict[tuple[int, int], list] = {}
            for (p, c), s in at.items():
                ways.setdefault((p, c), []).append(s + row[2 * c + 1])
                for n in range(3):
                    ways.setdefault((c, n), []).append(s + trigram[c, p, n].log() + row[2 * n])
            at = {k: torch.logsumexp(torch.stack(w), 0) for k, w in ways.items()}
        return torch.logsumexp(torch.stack(list(at.values())), 0)


class Words(unittest.TestCase):
    def test_numbers_are_read_out(self):
        self.assertEqual(cardinal(0), "ноль")
        self.assertEqual(cardinal(2_001_042), "два миллиона одна тысяча сорок два")
        self.assertEqual(cardinal(912_000_011), "девятьсот двенадцать миллионов одиннадцать")
        self.assertEqual(ordinal(23, "ого"), "двадцать третьего")
        with self.assertRaises(ValueError):
            cardinal(1_000_000_000)

    def test_short_words_are_not_spelled_out(self):
        self.assertEqual(pronunciations("в", "ru"), (("v",), ("f",)))
        self.assertIn(("n;", "i"), pronunciations("не", "ru"))

    def test_every_word_of_callers_can_be_said(self):
        sections = Sentences("ru", 1).sections.values()
        words = {w for s in sections for p in s if not set(p) & set("{(") for w in p.split()}

        self.assertEqual([w for w in words if not pronunciations(w, "ru")], [])

    def test_a_sentence_is_always_in_the_same_part(self):
        self.assertEqual(part_of("да конечно"), "train")
        parts = [part_of(f"номер заказа {cardinal(n)}") for n in range(2000)]
        self.assertTrue(60 < parts.count("test") < 140 and 60 < parts.count("dev") < 140)


class Tones(unittest.TestCase):
    """A language of four tones, built and recognised for real."""

    HERTZ = {"A": 450, "B": 900, "C": 1700, "D": 2900}
    WORDS = {"да": "A B", "нет": "C D", "один": "A C", "два": "B D A", "оператор": "C A D B"}

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        base = Path(cls.folder.name)
        for name in ("am", "conf"):
            (base / name).mkdir()
        (base / "phones.txt").write_text("SIL A B C D\n")
        (base / "lexicon.txt").write_text("".join(f"{w}\t{p}\n" for w, p in cls.WORDS.items()), "utf8")
        sentences = [(s.split(), 3.0) for s in ("да", "нет", "один два", "два один", "оператор")]
        (base / "lm.arpa").write_text(lexicon.arpa(sentences, list(cls.WORDS)), "utf8")
        graph.build(base / "phones.txt", base / "lexicon.txt", base / "lm.arpa", base / "graph", 3.0)
        (base / "conf/mfcc.conf").write_text(MFCC_CONF)
        (base / "conf/model.conf").write_text(MODEL_CONF.replace("subsampling-factor=3", "subsampling-factor=1"))
        cls.write_acoustics(base / "am/final.mdl")
        cls.model = Model(base)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def write_acoustics(cls, path: Path):
        r, features, labels = np.random.default_rng(0), [], []
        for label, hertz in enumerate([0, *cls.HERTZ.values()]):
            for _ in range(20):
                t = np.arange(4000) / 8000
                x = 10 ** r.uniform(2.5, 4) * np.sin(2 * np.pi * hertz * t) + r.normal(0, r.uniform(20, 120), 4000)
                features.append(mfcc(x))
                labels += [label] * len(features[-1])
        x, y = np.concatenate(features), np.array(labels)
        mean, deviation = x.mean(0), x.std(0)
        z, weight, bias = (x - mean) / deviation, np.zeros((5, 40)), np.zeros(5)
        for _ in range(200):
            p = np.exp(z @ weight.T + bias)
            p /= p.sum(1, keepdims=True)
            p[np.arange(len(y)), y] -= 1
            weight, bias = weight - 0.5 * p.T @ z / len(y), bias - 0.5 * p.mean(0)
        weight, bias = weight / deviation, bias - weight @ (mean / deviation)
        with open(path, "wb") as file:
            out = KaldiFile(file)
            write_transitions(out, 5)
            out.token("<Nnet3>")
            out.raw("\ninput-node name=input dim=40\ncomponent-node name=out component=out input=input\n")
            out.raw("output-node name=output input=out objective=linear\n\n")
            out.token("<NumComponents>")
            out.int(1)
            out.token("<ComponentName>", "out", "<FixedAffineComponent>", "<LinearParams>")
            out.matrix(np.repeat(weight, 2, 0))
            out.token("<BiasParams>")
            out.vector(np.repeat(bias, 2))
            out.token("</FixedAffineComponent>", "</Nnet3>", "<LeftContext>")
            out.int(0)
            out.token("<RightContext>")
            out.int(0)
            out.token("<Priors>")
            out.vector([])

    def say(self, sentence: str) -> np.ndarray:
        r = random.Random(sentence)
        pieces = [np.zeros(2400)]
        for word in sentence.split():
            for tone in self.WORDS.get(word, "D C A B D").split():
                t = np.arange(int(8000 * r.uniform(0.09, 0.14))) / 8000
                pieces.append(4000 * np.sin(2 * np.pi * self.HERTZ[tone] * t))
            pieces.append(np.zeros(1200))
        x = np.concatenate([*pieces, np.zeros(2400)])
        return x + np.random.default_rng(2).normal(0, 60, len(x))

    def test_hears_sentences_with_the_whole_vocabulary(self):
        for sentence in ("да", "нет", "один два", "оператор"):
            self.assertEqual(self.model.hear(self.say(sentence)), sentence)

    def test_obeys_phrase_lists_and_rejects_what_is_not_listed(self):
        self.assertEqual(self.model.hear(self.say("нет"), ["да", "нет", "[unk]"]), "нет")
        self.assertIn("[unk]", self.model.hear(self.say("чужое"), ["да", "нет", "[unk]"]))

    def test_reads_back_the_matrices_it_wrote(self):
        weight, bias = affine_layers(Path(self.folder.name) / "am/final.mdl")["out"]

        self.assertEqual((weight.shape, bias.shape), ((10, 40), (10,)))
        np.testing.assert_allclose(weight[0::2], weight[1::2])


class Sharing(unittest.TestCase):
    def test_words_share_their_beginnings_and_their_endings(self):
        alone, both = graph.Words(), graph.Words()
        alone.add([(1, (1, 2, 3, 4, 5))])
        both.add([(1, (1, 2, 3, 4, 5)), (2, (1, 6, 3, 4, 5))])

        # Of the second word only one phone is new: its first is in the tree, its last three are shared.
        self.assertEqual(both.states, alone.states + 1)


if __name__ == "__main__":
    unittest.main()
