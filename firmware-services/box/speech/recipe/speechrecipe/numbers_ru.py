"""Numbers, dates, times and sums as Russian callers say them."""

from __future__ import annotations

import random
from collections.abc import Callable

ONES = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
TENS = "- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
HUNDREDS = "- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
ORDINALS = (
    "нулевой первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый "
    "двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый"
).split()
ORDINAL_TENS = (
    "- - двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый"
).split()
MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
MONTHS_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
MONTHS_IN = "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре".split()
WEEKDAYS = "понедельник вторник среда четверг пятница суббота воскресенье".split()
WEEKDAYS_ON = "понедельник вторник среду четверг пятницу субботу воскресенье".split()
PARTS_OF_DAY = (
    "утром|днём|вечером|ночью|после обеда|до обеда|в обед|с утра|в полдень|в любое время|без пятнадцати пять|"
    "без четверти восемь|после шести|после семи вечера|не раньше десяти|ближе к вечеру"
).split("|")
PREFIXES = (700, 701, 702, 705, 706, 707, 708, 747, 771, 775, 776, 777, 778, 903, 916, 925, 999)


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form of a noun after the number `n`: 1 рубль, 2 рубля, 5 рублей."""
    if 10 < n % 100 < 20 or n % 10 == 0 or n % 10 > 4:
        return many
    return one if n % 10 == 1 else few


def cardinal(n: int, feminine: bool = False) -> str:
    """The words of `n`, 0 to 999 999 999."""
    if not 0 <= n < 1_000_000_000:
        raise ValueError(f"not a number from 0 to 999 999 999: {n}")
    if n == 0:
        return "ноль"
    words: list[str] = []
    millions, thousands, rest = n // 1_000_000, n // 1000 % 1000, n % 1000
    if millions:
        words += [cardinal(millions), plural(millions, "миллион", "миллиона", "миллионов")]
    if thousands:
        words += [cardinal(thousands, True), plural(thousands, "тысяча", "тысячи", "тысяч")]
    if rest >= 100:
        words.append(HUNDREDS[rest // 100])
        rest %= 100
    if rest >= 20:
        words.append(TENS[rest // 10])
        rest %= 10
    if rest:
        words.append({1: "одна", 2: "две"}.get(rest, ONES[rest]) if feminine else ONES[rest])
    return " ".join(words)


def ordinal(n: int, ending: str = "") -> str:
    """The ordinal of `n`, 0 to 99; `ending` is ого, ое, ая, ом, ому or nothing for the nominative."""
    if n < 20:
        head, last = "", ORDINALS[n]
    elif n % 10 == 0:
        head, last = "", ORDINAL_TENS[n // 10]
    else:
        head, last = TENS[n // 10] + " ", ORDINALS[n % 10]
    if ending:
        if last == "третий":
            last = {"ого": "третьего", "ое": "третье", "ая": "третья", "ом": "третьем", "ому": "третьему"}[ending]
        else:
            last = last[:-2] + ending
    return head + last


def number(r: random.Random) -> str:
    """Short numbers more often than long ones."""
    top = r.choices((100, 1000, 10_000, 1_000_000, 1_000_000_000), (35, 25, 22, 13, 5))[0]
    n = r.randrange(top)
    if top > 10_000 and r.random() < 0.5:
        n -= n % r.choice((100, 1000, 10_000))
    return cardinal(n)


def digits(r: random.Random) -> str:
    return " ".join(ONES[r.randrange(10)] for _ in range(r.choice((2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8, 10, 12))))


def pair(n: int) -> str:
    return ("ноль " if n < 10 else "") + cardinal(n)


def phone(r: random.Random) -> str:
    """Of eleven figures; one by one, or in groups as people say them."""
    start = r.choice(("восемь ", "плюс семь ", ""))
    if r.random() < 0.3:
        return start + " ".join(ONES[r.randrange(10)] for _ in range(10))
    groups = [cardinal(r.choice(PREFIXES)), cardinal(r.randint(100, 999)), pair(r.randrange(100)), pair(r.randrange(100))]
    return start + " ".join(groups)


def day_of_month(r: random.Random) -> str:
    day, month = r.randint(1, 31), r.choice(MONTHS_OF)
    kind = r.random()
    if kind < 0.15:
        return f"на {ordinal(day, 'ое')} {month}"
    if kind < 0.25:
        return f"{ordinal(day, 'ого')} {month} две тысячи {ordinal(r.randint(1, 35), 'ого')} года"
    if kind < 0.32:
        return f"{ordinal(day, 'ого')} числа"
    return f"{ordinal(day, r.choice(('ого', 'ое')))} {month}"


def time(r: random.Random) -> str:
    hour, minute = r.randrange(24), r.choice((0, 0, 0, 5, 10, 15, 20, 30, 30, 40, 45, 50, r.randint(1, 59)))
    kind = r.random()
    if kind < 0.3:
        said = f"в {cardinal(hour)} {plural(hour, 'час', 'часа', 'часов')}"
        if minute:
            said += f" {cardinal(minute, True)} {plural(minute, 'минута', 'минуты', 'минут')}"
        return said
    if kind < 0.55:
        return f"{r.choice(('', 'в '))}{cardinal(hour)} {pair(minute) if minute else 'ноль ноль'}"
    if kind < 0.75:
        hour = r.randint(1, 12)
        said = "час" if hour == 1 else f"{cardinal(hour)} {plural(hour, 'час', 'часа', 'часов')}"
        return f"в {said} {r.choice(('утра', 'дня', 'вечера', 'ночи'))}"
    if kind < 0.87:
        return f"{r.choice(('половина', 'в половине', 'половину'))} {ordinal(r.randint(1, 12), 'ого')}"
    return r.choice(PARTS_OF_DAY)


def day(r: random.Random) -> str:
    on = r.choice(WEEKDAYS_ON)
    return r.choice((
        "сегодня", "завтра", "послезавтра", "вчера", "позавчера", ("во " if on == "вторник" else "в ") + on,
        f"на {on}", r.choice(WEEKDAYS), "в выходные", f"в следующий {r.choice(('понедельник', 'вторник', 'четверг'))}",
        f"в следующую {r.choice(('среду', 'пятницу', 'субботу'))}", "на этой неделе", "на следующей неделе",
        "через неделю", "через две недели", "в конце месяца", "в начале месяца", f"в {r.choice(MONTHS_IN)}",
        r.choice(MONTHS), r.choice(MONTHS_OF), f"через {cardinal(r.choice((2, 3, 4)))} дня",
    ))


def money(r: random.Random) -> str:
    n = r.choice((
        r.randint(1, 99), r.randint(1, 99) * 10, r.randint(1, 99) * 100, r.randint(1, 500) * 1000,
        r.randint(1, 999_999), r.randint(1, 9) * 1_000_000 + r.randrange(10) * 100_000,
    ))
    # The tenge comes first: it is what callers owe.
    unit = r.choice(("тенге", "тенге", "тенге", plural(n, "рубль", "рубля", "рублей"), plural(n, "доллар", "доллара", "долларов")))
    return f"{cardinal(n)} {unit}"


SLOTS: dict[str, Callable[[random.Random], str]] = {
    "number": number,
    "small": lambda r: cardinal(r.randrange(200)),
    "digit": lambda r: ONES[r.randrange(11)],
    "digits": digits,
    "phone": phone,
    "ordinal": lambda r: ordinal(r.randrange(100), r.choice(("", "", "ого", "ое", "ая", "ом"))),
    "date": day_of_month,
    "time": time,
    "day": day,
    "money": money,
    "when": lambda r: r.choice((date_or_day(r), time(r), f"{date_or_day(r)} {time(r)}")),
}


def date_or_day(r: random.Random) -> str:
    return day(r) if r.random() < 0.6 else day_of_month(r)
