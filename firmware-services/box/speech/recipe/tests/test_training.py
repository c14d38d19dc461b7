"""That training which was broken off ends as if it had never been."""

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

from speechrecipe import train
from speechrecipe.features import NOBODY
from speechrecipe.mfcc import SIZE
from speechrecipe.network import Shape
from speechrecipe.train import STATE, Schedule

PASSES = 3
SCHEDULE = Schedule((1,) * PASSES, frames=900, workers=1)
SHAPE = Shape(width=16, bottleneck=8, layers=1, last=8)


class PowerCut(Exception):
    pass


class Training(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        rng = np.random.RandomState(3)
        self._write("1", rng, [(120, "да"), (150, "нет"), (180, "завтра")] * 4)
        self._write(NOBODY, rng, [(90, "")] * 3, alone=True)

    def _write(self, name, rng, utterances, alone=False):
        frames = sum(n for n, _ in utterances)
        np.save(self.folder / f"{name}.npy", rng.normal(0, 1, (frames, SIZE)).astype(np.float16))
        listed = [n for n, _ in utterances] if alone else utterances
        (self.folder / f"{name}.json").write_text(json.dumps(listed), "utf8")

    def _train(self, target):
        with contextlib.redirect_stdout(io.StringIO()):
            train.train("ru", self.folder, self.folder / target, SHAPE, SCHEDULE, 0)
        return torch.load(self.folder / target / "network.pt")

    def _break_off_after(self, passes, target):
        keep = train._keep

        def cut(folder, worker, done, state):
            keep(folder, worker, done, state)
            if done == passes:
                raise PowerCut

        with mock.patch.object(train, "_keep", cut), self.assertRaises(PowerCut):
            self._train(target)

    def test_goes_on_after_the_last_whole_pass(self):
        whole = self._train("whole")
        for passes in range(1, PASSES + 1):
            self._break_off_after(passes, f"broken {passes}")
            again = self._train(f"broken {passes}")

            for name, values in whole.items():
                self.assertTrue(torch.equal(values, again[name]), f"{name} after {passes} passes")

    def test_a_state_that_not_all_workers_have_is_not_used(self):
        for name in ("0.1", "0.2", "1.1", "1.2.part"):
            (self.folder / f"{STATE}.{name}").touch()

        self.assertEqual(train._passes_done(self.folder, 2), 1)
        self.assertEqual(train._passes_done(self.folder, 3), 0)

    def test_what_another_training_left_is_forgotten(self):
        self._break_off_after(1, "other")

        train.forget(self.folder / "other")

        self.assertEqual(train._passes_done(self.folder / "other", 1), 0)


if __name__ == "__main__":
    unittest.main()
