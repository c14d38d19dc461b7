"""Numbers, dates, times and sums as callers say them in English."""

from __future__ import annotations

import random
from collections.abc import Callable

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}
MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
PARTS_OF_DAY = (
    "in the morning|in the afternoon|in the evening|at night|after lunch|before lunch|at noon|at lunchtime|any time|"
    "after six|after seven in the evening|not before ten|before five|after work|tonight|towards the evening"
).split("|")
PREFIXES = (700, 701, 702, 705, 706, 707, 708, 727, 747, 771, 775, 776, 777, 778)


def cardinal(n: int, joined: bool = False) -> str:
    """The words of `n`, 0 to 999 999 999. `joined`: with and after hundred, and before a rest below a hundred."""
    if not 0 <= n < 1_000_000_000:
        raise ValueError(f"not a number from 0 to 999 999 999: {n}")
    if n == 0:
        return ONES[0]
    words: list[str] = []
    millions, thousands, rest = n // 1_000_000, n // 1000 % 1000, n % 1000
    if millions:
        words += [cardinal(millions, joined), "million"]
    if thousands:
        words += [cardinal(thousands, joined), "thousand"]
    if rest >= 100:
        words += [ONES[rest // 100], "hundred"]
        rest %= 100
    if rest and words and joined:
        words.append("and")
    if rest >= 20:
        words.append(TENS[rest // 10])
        rest %= 10
    if rest:
        words.append(ONES[rest])
    return " ".join(words)


def ordinal(n: int) -> str:
    """first, twenty third; 0 to 999 999 999."""
    head, _, last = cardinal(n).rpartition(" ")
    if last in ORDINALS:
        last = ORDINALS[last]
    else:
        last = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return f"{head} {last}".strip()


def year(n: int) -> str:
    """twenty twenty six, nineteen oh five, two thousand nine, nineteen hundred; 1100 to 2099."""
    if not 1100 <= n < 2100:
        raise ValueError(f"not a year from 1100 to 2099: {n}")
    century, rest = n // 100, n % 100
    if century == 20 and rest < 10:
        return cardinal(n)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def number(r: random.Random) -> str:
    """Short numbers more often than long ones."""
    top = r.choices((100, 1000, 10_000, 1_000_000, 1_000_000_000), (35, 25, 22, 13, 5))[0]
    n = r.randrange(top)
    if top > 10_000 and r.random() < 0.5:
        n -= n % r.choice((100, 1000, 10_000))
    said = cardinal(n, r.random() < 0.4)
    return "a" + said[3:] if said.startswith(("one hundred", "one thousand", "one million")) and r.random() < 0.5 else said


def figure(n: int, r: random.Random) -> str:
    return "oh" if n == 0 and r.random() < 0.4 else ONES[n]


def digits(r: random.Random) -> str:
    said = [figure(r.randrange(10), r) for _ in range(r.choice((2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8, 10, 12)))]
    if r.random() < 0.1:
        i = r.randrange(len(said) - 1)
        said[i : i + 2] = [f"double {said[i]}"]
    return " ".join(said)


def pair(n: int, r: random.Random) -> str:
    return f"{figure(0, r)} {cardinal(n)}" if n < 10 else cardinal(n)


def phone(r: random.Random) -> str:
    """Of eleven figures; one by one, or in groups as people say them."""
    start = r.choice(("eight ", "plus seven ", ""))
    if r.random() < 0.6:
        return start + " ".join(figure(r.randrange(10), r) for _ in range(10))
    first, second = r.choice(PREFIXES), r.randint(100, 999)
    if r.random() < 0.5:
        groups = [cardinal(first), cardinal(second)]
    else:
        groups = [figure(int(c), r) for c in f"{first}{second}"]
    return start + " ".join([*groups, pair(r.randrange(100), r), pair(r.randrange(100), r)])


def date(day: int, month: int, month_first: bool) -> str:
    """july fifth, or the fifth of july."""
    return f"{MONTHS[month - 1]} {ordinal(day)}" if month_first else f"the {ordinal(day)} of {MONTHS[month - 1]}"


def day_of_month(r: random.Random) -> str:
    day, month = r.randint(1, 31), r.randint(1, 12)
    kind = r.random()
    if kind < 0.1:
        return f"the {ordinal(day)}"
    said = r.choice(("", "", "on ")) + date(day, month, r.random() < 0.5)
    return f"{said} {year(r.randint(1950, 2035))}" if kind < 0.2 else said


def clock(hour: int, minute: int) -> str:
    """ten o'clock, five past ten, quarter past ten, half past ten, quarter to eleven; the hour is of twelve."""
    if minute == 0:
        return f"{cardinal(hour)} o'clock"
    if minute > 30:
        return f"{'quarter' if minute == 45 else cardinal(60 - minute)} to {cardinal(hour % 12 + 1)}"
    return f"{'half' if minute == 30 else 'quarter' if minute == 15 else cardinal(minute)} past {cardinal(hour)}"


def time(r: random.Random) -> str:
    hour, minute = r.randint(1, 12), r.choice((0, 0, 0, 5, 10, 15, 20, 30, 30, 40, 45, 50, r.randint(1, 59)))
    kind = r.random()
    if kind < 0.25:
        return r.choice(("", "at ")) + clock(hour, minute // 5 * 5)
    if kind < 0.5:
        said = cardinal(hour) + (f" {pair(minute, r)}" if minute else "")
        return f"{r.choice(('', 'at '))}{said} {r.choice(('a m', 'p m'))}"
    if kind < 0.65:
        return f"at {cardinal(hour)} {r.choice(('in the morning', 'in the afternoon', 'in the evening', 'at night'))}"
    if kind < 0.87:
        hour = r.randrange(24)
        return f"{r.choice(('', 'at '))}{cardinal(hour)} {pair(minute, r) if minute else 'hundred'}"
    return r.choice(PARTS_OF_DAY)


def day(r: random.Random) -> str:
    weekday, month = r.choice(WEEKDAYS), r.choice(MONTHS)
    return r.choice((
        "today", "tomorrow", "the day after tomorrow", "yesterday", "the day before yesterday", weekday, f"on {weekday}",
        f"on {weekday} {r.choice(('morning', 'afternoon', 'evening'))}", f"next {weekday}", f"this {weekday}",
        f"last {weekday}", "at the weekend", "on the weekend", "this week", "next week", "in a week", "in two weeks",
        "at the end of the month", "at the beginning of the month", "next month", f"in {month}", month,
        f"in {cardinal(r.choice((2, 3, 4)))} days",
    ))


def money(r: random.Random) -> str:
    n = r.choice((
        r.randint(1, 99), r.randint(1, 99) * 10, r.randint(1, 99) * 100, r.randint(1, 500) * 1000,
        r.randint(1, 999_999), r.randint(1, 9) * 1_000_000 + r.randrange(10) * 100_000,
    ))
    unit = r.choice(("tenge", "tenge", "tenge", "dollar" if n == 1 else "dollars", "euro" if n == 1 else "euros"))
    return f"{cardinal(n, r.random() < 0.4)} {unit}"


SLOTS: dict[str, Callable[[random.Random], str]] = {
    "number": number,
    "small": lambda r: cardinal(r.randrange(200), r.random() < 0.4),
    "digit": lambda r: ONES[r.randrange(11)],
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
