"""Rules of alerts in the seller's file that can never speak; asked by `config check` alone."""

from collections.abc import Iterator

from workbench.config.load import Loaded
from workbench.config.markets import MARKETS
from workbench.config.metric_rules import metrics
from workbench.config.overlay import Problem
from workbench.core.saying import say


def problems(loaded: Loaded) -> Iterator[Problem]:
    """Metrics that no market knows, or that the shop's own does not."""
    if "alerts" not in loaded.settings.own:
        return
    everywhere = {each.id for market in MARKETS for each in metrics(loaded.settings, market)}
    here = {each.id for each in metrics(loaded.settings)}
    for at, row in enumerate(loaded.settings.alerts):
        if row.metric in ("issues", "import", "log", "routine") or row.metric in here:
            continue
        known, name = ", ".join(sorted(here)), row.metric
        elsewhere = say(
            '"{name}" is measured in another market, not in this one. Known: {known}.', name=name, known=known
        )
        nowhere = say('There is no metric "{name}". Known: {known}.', name=name, known=known)
        yield loaded.problem(("alerts", at, "metric"), elsewhere if name in everywhere else nowhere)
