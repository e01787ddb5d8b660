"""The rules as the program applies them, as a page of Markdown: for each market its deadlines and its points, with
sources, dates and doubts. In the language that is in force, from the policy data alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from workbench.core.kinds import KINDS, STAGES, Kind
from workbench.core.policy import Policy, Rule
from workbench.core.saying import Saying, say
from workbench.core.violations.policy import PointsPolicy, Texts
from workbench.i18n import _, pick, render
from workbench.output import words
from workbench.output.markdown import bullets, heading, table
from workbench.output.policy_points import points_section
from workbench.output.reasons import span


class MarketRules(msgspec.Struct, frozen=True):
    """Everything that is known of a market: its name, its deadlines, its points."""

    name: Texts
    policy: Policy
    points: PointsPolicy


_GENERAL = (
    say("All intervals are half-open: at the deadline it is too late, at the expiry the points are gone."),
    say("A day is 24 hours of absolute time. Working days are Monday to Friday less the public holidays of the market, "
        "in the shop's zone; a start on a day off moves to 00:00 of the next working day."),
    say("Public holidays are those of the `holidays` package, without those that it only estimates; your own file may "
        "add and strike days."),
    say("A deadline that was stated, by you or by a file, beats a computed one for the stage in which it was stated."),
    say("Where several rules hold, the market's own go before the general ones, and the newest first. A rule with a "
        "date counts for stages that begin on that day or later."),
    say("assumed: no official source of this market says so. conflicting: sources contradict each other."),
)  # fmt: skip
_POINTS = (
    say("Points count from the instant of the penalty until their validity is over. The validity that was in force on "
        "the day of the penalty stays."),
    say("Where only the day of a penalty is known, its points last until the end of the last day, and the first appeal "
        "window closes at 00:00 of its last day: points the latest reading, deadlines the earliest."),
    say("An appeal that is accepted voids the violation from the beginning, as if it had never been. Milestones cannot "
        "be appealed."),
    say("A shop is revoked from the first instant at which the points in force reach the limit, for good: expiry no "
        "longer helps. If an appeal voids a violation, that is reckoned anew."),
    say("A milestone is reached at its figure: points at or above it; a score that counts down, at or below it."),
    say("Where a score counts down, later violations take from the score that was stated last; lost points return when "
        "a violation expires."),
)  # fmt: skip

_DUE: dict[str, Saying] = {
    "platform": say("the platform decides"), "rate": say("it counts in a rate"), "own": say("your own goal"),
}  # fmt: skip
_TIMEOUT: dict[str, Saying] = {
    "approved": say("it is approved"), "refunded": say("it is refunded"), "cancelled": say("the order is cancelled"),
    "closed": say("it is closed"), "lapsed": say("the right is gone"), "counted": say("it counts against you"),
    "none": say("not known"),
}  # fmt: skip


def policy_page(markets: Sequence[MarketRules]) -> str:
    """The whole page. The first market is the general one, on which every other falls back."""
    lines = [heading(1, _("The rules as the program applies them")), ""]
    lines += [_("Made from the policy table in `config.toml`. Your own file may change every figure."), ""]
    lines += [heading(2, _("How deadlines are counted")), "", *bullets(map(render, _GENERAL)), ""]
    lines += [heading(2, _("How points are counted")), "", *bullets(map(render, _POINTS)), ""]
    for market in markets:
        lines += _market(market, markets[0].points)
    return "\n".join(lines).rstrip() + "\n"


def _market(market: MarketRules, general: PointsPolicy) -> Iterator[str]:
    policy = market.policy
    yield heading(2, f"{pick(market.name)} ({policy.market})")
    yield ""
    if policy.currency is None:
        yield _("Main zone {zone}, no currency.").format(zone=policy.zone.key)
    else:
        yield _("Main zone {zone}, currency {currency}.").format(zone=policy.zone.key, currency=policy.currency)
    yield ""
    yield heading(3, _("Deadlines"))
    yield ""
    heads = (
        _("request"), _("stage"), _("time"), _("if"), _("nature"), _("when it is over"), _("in force from"),
        _("source"), _("as of"), _("mark"),
    )  # fmt: skip
    yield from table(heads, [_row(rule, kinds, policy.market) for rule, kinds in _applied(policy)])
    if policy.disputable_days is not None:
        yield ""
        yield _("After a rejection the buyer may open a dispute for {n} days.").format(n=policy.disputable_days)
    yield ""
    yield heading(3, _("Violation points"))
    yield ""
    yield from points_section(market.points, general)
    yield ""


def _applied(policy: Policy) -> list[tuple[Rule, list[Kind]]]:
    """Every rule that can decide something, with the kinds for which it can, in the order of the stages."""
    found: dict[str, tuple[Rule, list[Kind]]] = {}
    for stage in STAGES:
        for kind in KINDS:
            for rule in policy.candidates(kind, stage):
                found.setdefault(rule.id, (rule, []))[1].append(kind)
    return list(found.values())


def _row(rule: Rule, kinds: Sequence[Kind], market: str) -> tuple[str, ...]:
    condition = "" if rule.when is None else " ".join((_("amount"), rule.when.compare, str(rule.when.amount)))
    if rule.market != market:
        source = _("general rule: {source}").format(source=rule.source)
    else:
        source = rule.source
    marks = [_("assumed")] if rule.assumed else []
    if rule.conflicting:
        marks.append(_("conflicting"))
    return (
        _(", ").join(render(words.KINDS[kind]) for kind in kinds),
        render(words.STAGES[rule.stage]),
        span(rule.within),
        condition,
        render(_DUE[rule.due_kind]),
        "" if rule.due_kind == "own" else render(_TIMEOUT[rule.on_timeout]),
        "" if rule.effective is None else rule.effective.isoformat(),
        source,
        "" if rule.as_of is None else rule.as_of.isoformat(),
        _(", ").join(marks),
    )
