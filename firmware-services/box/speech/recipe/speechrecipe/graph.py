"""Lexicon, language model and phones to the graph of a Vosk model. Step (b): seconds, and apart from all training.

Formats and algorithm are described in README.md, so that this can be written again in another language. It
uses nothing of the other modules.

    graph.py PHONES LEXICON ARPA GRAPH [--unk-cost COST]
"""

from __future__ import annotations

import argparse
import math
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

UNKNOWN = "[unk]"
LOOKAHEAD = "/usr/lib/x86_64-linux-gnu/libfstlookahead.so.22"
HALF = 0.693  # cost of a silence, or of none, between words
BEGIN, INSIDE, END, ALONE = range(4)
LN10 = math.log(10)


def forward(phone: int, place: int) -> int:
    """Kaldi's transition id for entering a phone; phone 0 is silence and has no place."""
    phone_id = 2 + 4 * (phone - 1) + place if phone else 1
    return 2 * phone_id


def self_loop(entering: int) -> int:
    return entering - 1


def entering(phones: tuple[int, ...]) -> tuple[int, ...]:
    """The transition ids that enter the phones of a word, by their place in it."""
    if len(phones) == 1:
        return (forward(phones[0], ALONE),)
    inner = tuple(forward(p, INSIDE) for p in phones[1:-1])
    return (forward(phones[0], BEGIN), *inner, forward(phones[-1], END))


class Words:
    """HCL: a prefix tree of the pronunciations up to where a word is certain, then endings that words share."""

    def __init__(self, silence: int = 0) -> None:
        self.arcs: list[str] = []
        self.states = 0
        self.start, self.loop, self.pause = self._state(), self._state(), self._state()
        self.tails: dict[tuple[int, ...], int] = {}
        enter = forward(silence, 0)
        self._arc(self.start, self.loop, 0, 0, HALF)
        self._arc(self.start, self.pause, enter, 0, HALF)
        self._arc(self.pause, self.pause, self_loop(enter))
        self._arc(self.pause, self.loop)
        self.silence = enter

    def add(self, lexicon: list[tuple[int, tuple[int, ...]]]) -> None:
        """All words at once: (word id, phones)."""
        said = [(word, entering(phones)) for word, phones in dict.fromkeys(lexicon)]
        beginnings = Counter(way[:k] for _, way in said for k in range(1, len(way) + 1))
        tree = {(): self.loop}
        for word, way in said:
            for k in range(1, len(way) + 1):
                if beginnings[way[:k]] == 1 or k == len(way):
                    self._arc(tree[way[: k - 1]], self._tail(way[k - 1 :]), way[k - 1], word)
                    break
                if way[:k] not in tree:
                    tree[way[:k]] = self._entered(way[k - 1])
                    self._arc(tree[way[: k - 1]], tree[way[:k]], way[k - 1])

    def add_unknown(self, word: int, phones: int, cost: float) -> None:
        """Any phones, at a cost for each; two at least, so that word times come out right."""
        hub = self._state()
        for phone in range(1, phones):
            begin, inside = forward(phone, BEGIN), forward(phone, INSIDE)
            first, rest = self._entered(begin), self._entered(inside)
            self._arc(self.loop, first, begin, word, cost)
            self._arc(first, hub)
            self._arc(hub, rest, inside, 0, cost)
            self._arc(rest, hub)
            end = forward(phone, END)
            self._arc(hub, self._tail((end,)), end, 0, cost)

    def text(self) -> str:
        return "\n".join(self.arcs) + f"\n{self.loop} 0\n"

    def _tail(self, way: tuple[int, ...]) -> int:
        """The state after entering the first of `way` that still has the others before it."""
        if way not in self.tails:
            state = self.tails[way] = self._entered(way[0])
            if len(way) > 1:
                self._arc(state, self._tail(way[1:]), way[1])
            else:
                self._arc(state, self.loop, 0, 0, HALF)
                self._arc(state, self.pause, self.silence, 0, HALF)
        return self.tails[way]

    def _entered(self, transition: int) -> int:
        state = self._state()
        self._arc(state, state, self_loop(transition))
        return state

    def _state(self) -> int:
        self.states += 1
        return self.states - 1

    def _arc(self, source: int, target: int, given: int = 0, out: int = 0, cost: float = 0) -> None:
        self.arcs.append(f"{source} {target} {given} {out} {cost:.6g}")


def grammar(arpa: Iterator[str], ids: dict[str, int]) -> str:
    """G: an ARPA model as a text automaton whose back-off arcs are epsilons. Words without an id are left out."""
    entries: list[tuple[tuple[str, ...], float, float | None]] = []
    for line in arpa:
        fields = line.rstrip("\n").split("\t")
        if len(fields) < 2 or fields[0].startswith("ngram"):
            continue
        words = tuple(fields[1].split(" "))
        if all(w in ids or w in ("<s>", "</s>") for w in words):
            entries.append((words, -float(fields[0]) * LN10, -float(fields[2]) * LN10 if len(fields) > 2 else None))
    states = {(): 0}
    for words, _, back in entries:
        if back is not None:
            states[words] = len(states)
    lines: dict[int, list[str]] = {s: [] for s in states.values()}
    for words, cost, back in entries:
        history = states[words[:-1]]
        if words[-1] == "</s>":
            lines[history].append(f"{history} {cost:.5g}")
        elif words[-1] != "<s>":
            # The longest history that the model knows comes next.
            target = next(states[words[i:]] for i in range(len(words) + 1) if words[i:] in states)
            label = ids[words[-1]]
            lines[history].append(f"{history} {target} {label} {label} {cost:.5g}")
        if back is not None:
            shorter = next(states[words[i:]] for i in range(1, len(words) + 1) if words[i:] in states)
            lines[states[words]].append(f"{states[words]} {shorter} 0 0 {back:.5g}")
    first = states.get(("<s>",), 0)
    order = [first, *(s for s in lines if s != first)]
    return "\n".join(line for s in order for line in lines[s]) + "\n"


def _run(command: str, text: str) -> None:
    subprocess.run(["bash", "-ec", f"set -o pipefail; {command}"], input=text.encode(), check=True)


def build(phones: Path, lexicon: Path, arpa: Path, graph: Path, unk_cost: float) -> int:
    """Writes the directory `graph` of a model and returns how many words it knows."""
    number = {p: i for i, p in enumerate(phones.read_text("utf8").split())}
    rows = [line.split("\t") for line in lexicon.read_text("utf8").splitlines()]
    ids = {w: i + 1 for i, w in enumerate(sorted({w for w, _ in rows}))}
    words = Words()
    words.add([(ids[w], tuple(number[p] for p in said.split())) for w, said in rows])
    ids[UNKNOWN] = len(ids) + 1
    words.add_unknown(ids[UNKNOWN], len(number), unk_cost)

    (graph / "phones").mkdir(parents=True, exist_ok=True)
    _run(f"fstcompile | fstarcsort --sort_type=olabel > '{graph}/HCL.fst'", words.text())
    # Debian's fstconvert finds this type only when its library is loaded beforehand.
    _run(
        f"LD_PRELOAD={LOOKAHEAD} fstconvert --fst_type=olabel_lookahead"
        f" --save_relabel_opairs='{graph}/relabel' '{graph}/HCL.fst' '{graph}/HCLr.fst'",
        "",
    )
    renamed = dict(tuple(map(int, line.split())) for line in (graph / "relabel").read_text().splitlines())
    ids = {w: renamed[i] for w, i in ids.items()}
    listed = sorted(ids.items(), key=lambda x: x[1])
    (graph / "words.txt").write_text("<eps> 0\n" + "".join(f"{w} {i}\n" for w, i in listed), "utf8")
    with open(arpa, encoding="utf8") as lines:
        # [unk] is for phrase lists only: in the general model it swallows speech and time.
        text = grammar(lines, {w: i for w, i in ids.items() if w != UNKNOWN})
    _run(f"fstcompile | fstarcsort --sort_type=ilabel | fstconvert --fst_type=const > '{graph}/Gr.fst'", text)
    (graph / "disambig_tid.int").write_text("")
    places = ("begin", "internal", "end", "singleton")
    boundaries = [f"{2 + 4 * (p - 1) + k} {place}" for p in range(1, len(number)) for k, place in enumerate(places)]
    (graph / "phones/word_boundary.int").write_text("1 nonword\n" + "\n".join(boundaries) + "\n")
    for scratch in ("HCL.fst", "relabel"):
        (graph / scratch).unlink()
    return len(ids)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("phones", "lexicon", "arpa", "graph"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--unk-cost", type=float, default=2.5, help="cost of a phone of an unknown word")
    a = parser.parse_args()
    print(build(a.phones, a.lexicon, a.arpa, a.graph, a.unk_cost), "words")
