"""Why an alert speaks, in one sentence with its numbers; and what to do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from workbench.core.metrics.standing import shown
from workbench.core.saying import Saying, say, say_n
from workbench.session.alerts.desk import Alert
from workbench.session.alerts.subjects import AlertSubject

#: How often the rule of rising days speaks where nothing changed, of 100 days (simulations; `tests/core/alerts`): of a
#: share, and of a sum, which often stays as it is.
RISING_FALSE, RISING_FALSE_SUM = say("9 to 14"), say("up to 14")


def thing(alert: Alert, types: dict[str, dict[str, str]], *, named: bool = True) -> Saying:
    """What an alert is about: `LAMP-WHT damaged`, `Late dispatch`, `No file`; not `named`: without who it is."""
    subject = alert.subject
    if subject.metric is not None:
        name = subject.metric.name
        if subject.creator is not None and not named:
            return say("{metric} of a creator", metric=name)
        part = subject.sku or (None if subject.creator is None else f"@{subject.creator}")
        return say("{metric}", metric=name) if part is None else say("{metric} {sku}", metric=name, sku=part)
    match subject.rule.metric:
        case "import":
            return say("Files")
        case "log":
            return say("The log")
        case "routine":
            return say("Routine {id}", id=subject.scope.partition(":")[2])
    if subject.sku is None:
        return say("The whole shop")
    if subject.type is None:
        return say("{sku}", sku=subject.sku)
    return say("{sku} {type}", sku=subject.sku, type=types.get(subject.type, subject.type))


def often(subject: AlertSubject) -> Saying:
    """How often rising days speak where nothing changed."""
    return RISING_FALSE_SUM if subject.metric is None and not subject.share else RISING_FALSE


def because(alert: Alert) -> Saying:
    """Why, with the numbers."""
    rule, found = alert.subject.rule, alert.finding
    value = _in_unit(alert)
    if found.verdict == "unknown":
        return say("too little is known")
    match rule.kind:
        case "unusual":
            if found.verdict == "new":
                return say("{n} in {w} days: new here", n=value(found.value), w=rule.w)
            return say("{n} in {w} days, {usual} is usual", n=value(found.value), w=rule.w, usual=_tenth(found.usual))
        case "rising_days" if found.verdict == "few":
            return say("rises {n} days running, too few to judge: look at the words", n=rule.n)
        case "rising_days" if found.verdict == "quiet":
            return say("{value}, not rising {n} days running", value=value(found.value), n=rule.n)
        case "rising_days":
            return say(
                "rises {n} days running, to {value} (this rule speaks on {often} of 100 days where nothing changed)",
                n=rule.n, value=value(found.value), often=often(alert.subject),
            )  # fmt: skip
        case "above":
            return say("{value}, above {line}", value=value(found.value), line=value(found.line))
        case "below":
            return say("{value}, below {line}", value=value(found.value), line=value(found.line))
        case "gate":
            off, at = value(_off(alert)), value(found.line)
            return say("{value}, {off} from the line at {line}", value=value(found.value), off=off, line=at)
    days = int(found.value or 0)
    match rule.metric:
        case "import":
            return say_n("no file for {n} day", "no file for {n} days", days)
        case "log":
            return say_n("{n} evening without a log", "{n} evenings without a log", days)
    return say_n("due for {n} day", "due for {n} days", days)


def brief(alert: Alert) -> Saying:
    """Why, as short as a row: without what is to be known of the rule."""
    found, rule = alert.finding, alert.subject.rule
    if rule.kind == "rising_days" and found.verdict == "fires":
        return say("rises {n} days running", n=rule.n)
    return because(alert)


def parted(alert: Alert) -> tuple[str, Saying]:
    """The same as the number, which a column of its own may show, and what is said beside it."""
    found, rule, value = alert.finding, alert.subject.rule, _in_unit(alert)
    number, line = value(found.value), value(found.line)
    match rule.kind, found.verdict:
        case "unusual", "new":
            return number, say("in {w} days: new here", w=rule.w)
        case "unusual", verdict if verdict != "unknown":
            return number, say("in {w} days, {usual} is usual", w=rule.w, usual=_tenth(found.usual))
        case "rising_days", "fires":
            return number, brief(alert)
        case "above", verdict if verdict != "unknown":
            return number, say("above {line}", line=line)
        case "below", verdict if verdict != "unknown":
            return number, say("below {line}", line=line)
        case "gate", verdict if verdict != "unknown":
            return number, say("{off} from the line at {line}", off=value(_off(alert)), line=line)
    return "", brief(alert)


def _in_unit(alert: Alert) -> Callable[[Decimal | None], str]:
    """How a number of this alert is written."""
    about = alert.subject.metric
    counted = alert.subject.rule.kind in ("unusual", "silent")
    unit = "count" if counted else "fraction" if alert.subject.share else "count" if about is None else about.unit
    return lambda number: "?" if number is None else shown(Fraction(number), unit)


def _off(alert: Alert) -> Decimal | None:
    """How far it is from its line."""
    found = alert.finding
    return None if found.value is None or found.line is None else abs(found.value - found.line)


def _tenth(number: Decimal | None) -> str:
    return "?" if number is None else f"{number:.1f}"


def advice(alert: Alert) -> Saying | None:
    """What to do about it."""
    rule = alert.subject.rule
    match rule.metric:
        case "issues":
            return say("Read the lines: workbench issues; decide in the week of the log.")
        case "import":
            return say("Read a new export in: workbench import FILE")
        case "log":
            return say('Log the evening: workbench log "LINE", or workbench log --none')
        case "routine":
            return say("Do it, and tick it off on Today.")
    return say("Look at what it is made of: workbench score")
