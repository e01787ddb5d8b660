"""The trial of a rule in words: what it matches, what of that was lost anyway, what it costs, a line a cap."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial

from workbench.core.metrics.standing import shown
from workbench.core.money import Money
from workbench.core.tickets.trial import JUDGED_FROM, Trial
from workbench.i18n import _, n_
from workbench.output.cells import pad, width
from workbench.output.words import amount


def lines(trial: Trial, now: Fraction | None, then: Fraction | None) -> list[str]:
    """The trial for a person, with the mean hours of handling as they are and as they would be."""
    return [*said(trial, now, then), *_table(trial), *(line for text in advice(trial) for line in ("", text))]


def said(trial: Trial, now: Fraction | None, then: Fraction | None) -> list[str]:
    """What it comes to, in sentences."""
    count = len(trial.matched)
    money = partial(_money, trial)
    text = n_("{n} request matches, {money}.", "{n} requests match, {money}.", count)
    told = [text.format(n=count, money=money(trial.money) or "0")]
    if count:
        text = _(
            "{lost} were lost anyway, {kept} were kept: the rule would have cost {cost} and saved {minutes} minutes."
        )
        told.append(
            text.format(lost=trial.lost_anyway, kept=trial.kept, cost=money(trial.cost) or "0", minutes=trial.minutes)
        )
        told.append(_("What a rule approves cannot be appealed."))
    if trial.others or trial.open:
        told.append(_("{n} ended in another way, {open} are still open.").format(n=trial.others, open=trial.open))
    if trial.other_currency:
        text = n_("{n} more is in another currency.", "{n} more are in another currency.", trial.other_currency)
        told.append(text.format(n=trial.other_currency))
    if now is not None and then is not None:
        text = _("Handling time: {now} now, {then} under the rule.")
        told.append(text.format(now=shown(now, "hours"), then=shown(then, "hours")))
    return told


def _money(trial: Trial, value: Decimal | None) -> str:
    return "" if value is None or trial.currency is None else amount(Money(value, trial.currency))


def _table(trial: Trial) -> list[str]:
    """A line a cap."""
    money = partial(_money, trial)
    table = [
        (_("up to {cap}").format(cap=money(each.cap)), str(each.matched), money(each.money),
         _("cost {cost}").format(cost=money(each.cost)), _("{n} min").format(n=each.minutes),
         _("balance {balance}").format(balance=money(each.balance)) if each.balance is not None else "")
        for each in trial.caps
    ]  # fmt: skip
    if not table:
        return []
    cells = [max(width(row[n]) for row in table) for n in range(len(table[0]))]
    rows = ("  ".join(pad(cell, room) for cell, room in zip(row, cells, strict=True)) for row in table)
    return ["", *(row.rstrip() for row in rows)]


def advice(trial: Trial) -> list[str]:
    """The cap that is recommended, or why none is."""
    if trial.recommended is not None:
        return [_("Best: a cap of {cap}.").format(cap=_money(trial, trial.recommended))]
    if 0 < len(trial.matched) < JUDGED_FROM:
        text = _("Too few to recommend a cap: {n} requests, {least} are needed.")
        return [text.format(n=len(trial.matched), least=JUDGED_FROM)]
    if trial.caps and trial.caps[0].balance is None:
        return [_("No cap is recommended: [rule] hour of the settings says what an hour of yours is worth.")]
    if trial.caps:
        return [_("No cap is recommended: each costs more than it saves.")]
    return []
