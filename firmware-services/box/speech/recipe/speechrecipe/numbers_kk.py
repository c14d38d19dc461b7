"""Numbers, dates, times and sums as Kazakh callers say them, and the endings that such words take."""

from __future__ import annotations

import random
from collections.abc import Callable

ONES = "нөл бір екі үш төрт бес алты жеті сегіз тоғыз".split()
TENS = "- он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split()
MONTHS = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()
WEEKDAYS = "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі".split()
PARTS_OF_DAY = (
    "таңертең|таңмен|түсте|түстен кейін|түске дейін|кешке|кешкісін|түнде|кез келген уақытта|сағат алтыдан кейін|"
    "сағат оннан кейін|сағат беске дейін|жұмыстан кейін|түске қарай|кешке қарай|кешкі жетіден кейін"
).split("|")
PREFIXES = (700, 701, 702, 705, 706, 707, 708, 727, 747, 771, 775, 776, 777, 778)

FRONT, BACK = "әеэёөүі", "аоұыюя"
VOICELESS, NASAL = "кқпстфхцчшщһбвгд", "мнң"
# (front, back) by what the word ends in: a voiceless consonant, м н ң, another consonant, a vowel. A final
# letter б, в, г or д is said without voice.
ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "of": (("тің", "тың"), ("нің", "ның"), ("дің", "дың"), ("нің", "ның")),
    "to": (("ке", "қа"), ("ге", "ға"), ("ге", "ға"), ("ге", "ға")),
    "it": (("ті", "ты"), ("ді", "ды"), ("ді", "ды"), ("ні", "ны")),
    "in": (("те", "та"), ("де", "да"), ("де", "да"), ("де", "да")),
    "from": (("тен", "тан"), ("нен", "нан"), ("ден", "дан"), ("ден", "дан")),
}


def is_front(word: str) -> bool:
    """By the last vowel; и and у say nothing."""
    return next((letter in FRONT for letter in reversed(word) if letter in FRONT + BACK), False)


def inflect(word: str, case: str) -> str:
    """The last word of a phrase with the ending of, to, it (accusative), in or from."""
    last = word[-1]
    if last in VOICELESS:
        kind = 0
    elif last in NASAL:
        kind = 1
    elif last in "аәеёиоөуұүыіэюя":
        # у and и after a vowel are consonants: тау, үй.
        kind = 2 if last in "уи" and word[-2:-1] in tuple(FRONT + BACK) else 3
    else:
        kind = 2
    return word + ENDINGS[case][kind][0 if is_front(word) else 1]


def cardinal(n: int, whole: bool = False) -> str:
    """The words of `n`, 0 to 999 999 999. `whole`: with бір before жүз and мың."""
    if not 0 <= n < 1_000_000_000:
        raise ValueError(f"not a number from 0 to 999 999 999: {n}")
    if n == 0:
        return ONES[0]
    words: list[str] = []
    millions, thousands, rest = n // 1_000_000, n // 1000 % 1000, n % 1000
    if millions:
        words += [cardinal(millions, whole), "миллион"]
    if thousands > 1 or thousands and (whole or millions):
        words.append(cardinal(thousands, whole))
    if thousands:
        words.append("мың")
    if rest >= 200 or rest >= 100 and whole:
        words.append(ONES[rest // 100])
    if rest >= 100:
        words.append("жүз")
    if rest % 100 >= 10:
        words.append(TENS[rest % 100 // 10])
    if rest % 10:
        words.append(ONES[rest % 10])
    return " ".join(words)


def ordinal(n: int) -> str:
    """бірінші, жиырмасыншы; 0 to 999 999 999."""
    head, _, last = cardinal(n).rpartition(" ")
    front = is_front(last)
    if last == "жиырма":
        last = "жиырмасыншы"
    elif last == "қырық":
        last = "қырқыншы"
    elif last[-1] in "іыа":
        last += "нші" if front else "ншы"
    else:
        last += "інші" if front else "ыншы"
    return f"{head} {last}".strip()


def day_number(n: int) -> str:
    """The day that a month has: бірі, екісі, оны; takes the endings of a possessive."""
    head, _, last = cardinal(n).rpartition(" ")
    vowel = "і" if is_front(last) else "ы"
    return f"{head} {last}{'с' if last[-1] in 'іыа' else ''}{vowel}".strip()


def number(r: random.Random) -> str:
    """Short numbers more often than long ones."""
    top = r.choices((100, 1000, 10_000, 1_000_000, 1_000_000_000), (35, 25, 22, 13, 5))[0]
    n = r.randrange(top)
    if top > 10_000 and r.random() < 0.5:
        n -= n % r.choice((100, 1000, 10_000))
    return cardinal(n, r.random() < 0.3)


def figure(r: random.Random) -> str:
    """One of ten; now and then the nought is the Russian one."""
    n = r.randrange(10)
    return "ноль" if n == 0 and r.random() < 0.25 else ONES[n]


def digits(r: random.Random) -> str:
    return " ".join(figure(r) for _ in range(r.choice((2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8, 10, 12))))


def pair(n: int) -> str:
    return ("нөл " if n < 10 else "") + cardinal(n)


def phone(r: random.Random) -> str:
    """Of eleven figures; one by one, or in groups as people say them."""
    start = r.choice(("сегіз ", "плюс жеті ", ""))
    if r.random() < 0.3:
        return start + " ".join(figure(r) for _ in range(10))
    groups = [cardinal(r.choice(PREFIXES)), cardinal(r.randint(100, 999)), pair(r.randrange(100)), pair(r.randrange(100))]
    return start + " ".join(groups)


def date(day: int, month: int, kind: str) -> str:
    """`kind`: "" for a bare date; in, to or of for the day with that ending; first for the ordinal before the month."""
    if kind == "first":
        return f"{ordinal(day)} {MONTHS[month - 1]}"
    said = f"{inflect(MONTHS[month - 1], 'of')} {day_number(day)}"
    front = is_front(said)
    return said + {"": "", "in": "нде" if front else "нда", "to": "не" if front else "на", "of": "нің" if front else "ның"}[kind]


def day_of_month(r: random.Random) -> str:
    day, month = r.randint(1, 31), r.randint(1, 12)
    kind = r.random()
    if kind < 0.15:
        return f"{ordinal(day)} {inflect(MONTHS[month - 1], 'in')}"
    if kind < 0.25:
        return f"екі мың {ordinal(r.randint(1, 35))} жылғы {date(day, month, 'first')}"
    if kind < 0.32:
        return f"осы айдың {day_number(day)}"
    return date(day, month, r.choice(("", "in", "in", "to", "first", "first")))


def clock(hour: int, minute: int, at: bool) -> str:
    """сағат он отыз; with `at`, as the answer to when: сағат онда, сағат он отызда."""
    said = cardinal(hour) + (f" {pair(minute)}" if minute else "")
    return f"сағат {inflect(said, 'in') if at else said}"


def time(r: random.Random) -> str:
    hour, minute = r.randrange(24), r.choice((0, 0, 0, 5, 10, 15, 20, 30, 30, 40, 45, 50, r.randint(1, 59)))
    small = r.randint(1, 12)
    kind = r.random()
    if kind < 0.35:
        return clock(hour, minute, r.random() < 0.7)
    if kind < 0.5:
        return f"{cardinal(hour)} {pair(minute) if minute else 'нөл нөл'}"
    if kind < 0.65:
        return f"{r.choice(('таңғы', 'түскі', 'кешкі', 'түнгі'))} {clock(small, 0, True)}"
    if kind < 0.75:
        return f"сағат {cardinal(small)} {r.choice(('жарым', 'жарымда'))}"
    if kind < 0.81:
        return f"сағат {inflect(cardinal(small), 'from')} {cardinal(r.choice((5, 10, 15, 20)))} минут өткенде"
    if kind < 0.87:
        return f"сағат {inflect(cardinal(small), 'to')} {cardinal(r.choice((5, 10, 15, 20)))} минут қалғанда"
    return r.choice(PARTS_OF_DAY)


def day(r: random.Random) -> str:
    weekday, month = r.choice(WEEKDAYS), r.choice(MONTHS)
    return r.choice((
        "бүгін", "ертең", "бүрсігүні", "кеше", "алдыңгүні", weekday, f"{weekday} күні", inflect(weekday, "in"),
        inflect(weekday, "to"), f"келесі {weekday}", f"келесі {inflect(weekday, 'in')}", "демалыс күндері", "осы аптада",
        "келесі аптада", "бір аптадан кейін", "екі аптадан кейін", "айдың соңында", "айдың басында", "келесі айда",
        inflect(month, "in"), month, f"{month} айында", f"{cardinal(r.choice((2, 3, 4)))} күннен кейін",
    ))


def money(r: random.Random) -> str:
    n = r.choice((
        r.randint(1, 99), r.randint(1, 99) * 10, r.randint(1, 99) * 100, r.randint(1, 500) * 1000,
        r.randint(1, 999_999), r.randint(1, 9) * 1_000_000 + r.randrange(10) * 100_000,
    ))
    return f"{cardinal(n, r.random() < 0.3)} {r.choice(('теңге', 'теңге', 'теңге', 'теңге', 'рубль', 'доллар'))}"


SLOTS: dict[str, Callable[[random.Random], str]] = {
    "number": number,
    "small": lambda r: cardinal(r.randrange(200)),
    "digit": lambda r: cardinal(r.randrange(11)),
    "digits": digits,
    "phone": phone,
    "ordinal": lambda r: ordinal(r.randrange(100)),
    "date": day_of_month,
    "time": time,
    "day": day,
    "weekday": lambda r: r.choice(WEEKDAYS),
    "money": money,
    "when": lambda r: r.choice((date_or_day(r), time(r), f"{date_or_day(r)} {time(r)}")),
}


def date_or_day(r: random.Random) -> str:
    return day(r) if r.random() < 0.6 else day_of_month(r)
