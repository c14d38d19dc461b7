"""Recordings of people in Debian, for tests only: nothing is ever trained on them.

No package says in writing what is said. Only files of one word are used whose name leaves no doubt about it.
"""

from __future__ import annotations

import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from speechrecipe import numbers_en as en
from speechrecipe import numbers_ru as ru

LANGUAGES = ("ru", "en")
PROMPTS = {
    "ru": Path("/usr/share/asterisk/sounds/ru_RU_f_IvrvoiceRU"),
    "en": Path("/usr/share/asterisk/sounds/en_US_f_Allison"),
}
OBJECTS = Path("/usr/share/ktuberling/sounds")


@dataclass(frozen=True)
class Speech:
    samples: np.ndarray
    sentence: str


def people(language: str) -> dict[str, list[Speech]]:
    """What somebody says, for each speaker: one of a telephone exchange, and one of a game for children. None for Kazakh."""
    if language not in LANGUAGES:
        return {}
    prompts = _russian_prompts() if language == "ru" else _english_prompts()
    objects = RUSSIAN_OBJECTS if language == "ru" else ENGLISH_OBJECTS
    return {
        "asterisk's prompts": [Speech(_wav(PROMPTS[language] / f"{name}.wav"), word) for name, word in prompts.items()],
        "ktuberling's objects": [Speech(_ogg(OBJECTS / language / f"{name}.ogg"), word) for name, word in objects.items()],
    }


def _wav(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def _ogg(path: Path) -> np.ndarray:
    command = ["sox", "-D", str(path), "-t", "raw", "-e", "signed", "-b", "16", "-r", "8000", "-c", "1", "-"]
    return np.frombuffer(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout, "<i2")


def _russian_prompts() -> dict[str, str]:
    names = {f"{n}": ru.ONES[n] for n in range(20)} | {f"{10 * n}": ru.TENS[n] for n in range(2, 10)}
    names |= {f"day-{n}": ru.WEEKDAYS[n - 1] for n in range(7)} | {f"mon-{n}": m for n, m in enumerate(ru.MONTHS_OF)}
    names |= {"today": "сегодня", "tomorrow": "завтра", "yesterday": "вчера", "million": "миллион", "minus": "минус"}
    return {f"digits/{n}": word for n, word in names.items()}


def _english_prompts() -> dict[str, str]:
    names = {f"{n}": en.ONES[n] for n in range(20)} | {f"{10 * n}": en.TENS[n] for n in range(2, 10)}
    names |= {f"h-{n}": en.ordinal(n) for n in (*range(1, 21), *range(30, 100, 10))}
    names |= {f"day-{n}": en.WEEKDAYS[n - 1] for n in range(7)} | {f"mon-{n}": m for n, m in enumerate(en.MONTHS)}
    names |= {w: w for w in "today tomorrow yesterday hundred thousand million dollars oh at".split()} | {"oclock": "o'clock"}
    whole = {w: w for w in "hello goodbye sorry your is with time number location minutes seconds hours transfer".split()}
    return {f"digits/{n}": word for n, word in names.items()} | whole


# Things with one name; what has several (a coat, a car) is left out.
RUSSIAN_OBJECTS = {
    f"egypt_{name}": word
    for name, word in {
        "arch": "арка", "birds": "птицы", "boy": "мальчик", "bridge": "мост", "camel": "верблюд", "column": "колонна",
        "girl": "девочка", "grass": "трава", "man": "мужчина", "oasis": "оазис", "palmtree": "пальма",
        "pyramid": "пирамида", "road": "дорога", "sphynx": "сфинкс", "well": "колодец", "woman": "женщина",
    }.items()
} | {
    f"moon_{name}": word
    for name, word in {
        "earth": "земля", "planet": "планета", "radar": "радар", "rocket": "ракета", "satellite": "спутник",
        "star": "звезда",
    }.items()
} | {
    f"pizzeria_{name}": word
    for name, word in {
        "bacon": "бекон", "brocolli": "брокколи", "cheese": "сыр", "cucumber": "огурец", "onion": "лук",
        "pepper": "перец", "pepperoni": "пепперони", "pineapple": "ананас", "salami": "салями",
    }.items()
} | {
    f"tux-{name}": word
    for name, word in {
        "apple": "яблоко", "guitar": "гитара", "key": "ключ", "letter": "письмо", "love": "любовь",
        "plate": "тарелка", "vase": "ваза",
    }.items()
} | {
    f"tv_{name}": word
    for name, word in {
        "bicycle": "велосипед", "cyclist": "велосипедист", "elephant": "слон", "excavator": "экскаватор",
        "fence": "забор", "fire": "пожар", "fireman": "пожарный", "fisherman": "рыбак", "giraffe": "жираф",
        "train": "поезд", "tree": "дерево",
    }.items()
} | {
    "ear": "ухо", "hair": "волосы", "moustache": "усы", "mouth": "рот", "nose": "нос", "shorts": "шорты",
    "skirt": "юбка", "spectacles": "очки", "tie": "галстук",
}
ENGLISH_OBJECTS = {
    name: name.partition("_")[2] or name
    for name in (
        "ball coat ear earring eye eyebrow flower hair hat mouth nose shoe shorts skirt stick sunglasses tie umbrella "
        "egypt_birds egypt_boy egypt_bridge egypt_camel egypt_cart egypt_column egypt_donkey egypt_girl egypt_grass "
        "egypt_man egypt_oasis egypt_pyramid egypt_road egypt_woman moon_alien moon_astronaut moon_earth moon_hotel "
        "moon_monster moon_planet moon_radar moon_rocket moon_satellite moon_sign moon_star pizzeria_bacon "
        "pizzeria_cheese pizzeria_cucumber pizzeria_mushroom pizzeria_olive pizzeria_onion pizzeria_pepper "
        "pizzeria_pineapple pizzeria_salami pizzeria_tomato tv_bicycle tv_car tv_cyclist tv_train tv_tree"
    ).split()
}
