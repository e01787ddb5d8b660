"""The second view of the Ledger: alerts above all, then each metric in a row, and what it is made of below."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType

from workbench.core.metrics.standing import MetricStanding
from workbench.core.place import Place
from workbench.i18n import _, language, n_, render
from workbench.output.metrics.text import sentences
from workbench.session.alerts.desk import Alert, AlertDesk
from workbench.session.alerts.sending import Post, type_names
from workbench.session.alerts.words import thing
from workbench.session.metrics.desk import MetricDesk
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.list_and_detail import FULL, WIDE, ListAndDetail
from workbench.ui.metrics import pane
from workbench.ui.metrics.more import more_facts
from workbench.ui.metrics.rows import ScoreRow, ScoreRows, alert_row, columns, metric_row
from workbench.ui.text import Line, Span
from workbench.ui.widgets.table import Column, Table


class ScoreScreen(ListAndDetail):
    """What the platform measures, and how near each line is; the key of a row is its place."""

    pane = "ledger"
    scopes = ("score",)
    domain = "metrics"
    below = True
    DEFAULT_CSS = """
    ScoreScreen.-wide #body, ScoreScreen.-full #body { layout: vertical; }
    ScoreScreen.-wide #detail, ScoreScreen.-full #detail { height: 8; }
    ScoreScreen.-tall #detail, ScoreScreen.-narrow.-tall #detail { height: 14; }
    ScoreScreen.-flat #detail { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("score")

    def __init__(self) -> None:
        super().__init__()
        self._standings: list[MetricStanding] = []

    def columns(self) -> list[Column]:
        return columns(self.size.width >= WIDE, self.size.width >= FULL)

    def key_of(self, place: Place) -> Hashable | None:
        return place

    def place_of(self, key: Hashable) -> Place | None:
        return key if isinstance(key, Place) else None

    @property
    def current(self) -> ScoreRow | None:
        """The row under the cursor."""
        rows = self.table.source
        return rows.rows[self.table.cursor] if isinstance(rows, ScoreRows) and len(rows) else None

    @property
    def desk(self) -> MetricDesk:
        """The readings."""
        return cast(MetricDesk, self.session.desk("metrics"))

    @property
    def alerts(self) -> AlertDesk:
        """The alerts."""
        return cast(AlertDesk, self.session.desk("alerts"))

    # showing

    def fill(self) -> None:
        self._standings = self.desk.standings()
        types, today, zone = type_names(self.session), self.desk.today, self.session.zone
        worth = [alert for alert in self.alerts.all() if alert.worth]
        found = [alert_row(alert, types, today) for alert in worth if not alert.few]
        few = [alert_row(alert, types, today) for alert in worth if alert.few]
        metrics = [metric_row(each, today, zone) for each in self._standings if each.value is not None]
        order = {_("Platform"): 0, _("Own goals"): 1, _("Old"): 2}
        rows = ScoreRows([*found, *sorted(metrics, key=lambda row: order[row.group]), *few])
        key = keys_in_bar(self.bench.keymap, "score.add")[0][0]
        words = _("enter what Seller Center shows: sps 4.2 nrr 1.26%")
        self.table.empty = [[], [Span("  "), Span(f"{key}  ", "bold"), Span(words)]]
        self.table.headed = rows.headed
        self.show(rows)
        self.draw()

    def sentence(self) -> Line:
        """`Score 4.2, 0.2 above 4. Late dispatch: one more miss is still fine. 1 alert.`"""
        first, *rest = sentences(self._standings)
        blank = "" if language() == "zh" else " "
        line = [Span(first, "title"), *(Span(blank + part) for part in rest)]
        firing = len(self.alerts.firing())
        if firing:
            line.append(Span(blank + n_("{n} alert.", "{n} alerts.", firing).format(n=firing), "soon"))
        return line

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        row = self.current
        if row is None:
            return [], None
        if isinstance(row.about, Alert):
            lines = pane.of_alert(
                row.about, type_names(self.session), Post(self.session).lines(row.about), cells
            )  # fmt: skip
            about = next((each for each in self._standings if each.metric == row.about.subject.metric), None)
            if about is not None:
                lines += self._of_metric(about, cells, len(lines))
        else:
            lines = self._of_metric(row.about, cells)
        return [[], *lines], row.place

    def _of_metric(self, found: MetricStanding, cells: int, above: int = 0) -> list[Line]:
        rows, more = self.detail.size.height - 1 - above, more_facts(self.session, self.board, found)
        return pane.of_metric(found, self.desk.today, self.session.zone, cells, rows, more)

    # deeds

    @on(Table.Chosen)
    def action_score_open(self) -> None:
        """The lines behind it; of what has none of its own, where it is mended."""
        row = self.current
        if row is None:
            return
        from workbench.ui.metrics import behind

        if not isinstance(row.about, Alert):
            self.app.push_screen(behind.of_metric(self.session, row.about.metric))
            return
        subject = row.about.subject
        if subject.metric is not None:
            self.app.push_screen(behind.of_metric(self.session, subject.metric, subject.sku, subject.creator))
        elif subject.rule.metric == "issues":
            self.app.push_screen(behind.of_alert(self.session, row.about))
        elif subject.place is not None:
            self.bench.open(subject.place)
        else:
            self.bench.run_command("app.import")

    def action_score_definition(self) -> None:
        """What it is, and where that stands."""
        row = self.current
        if row is None:
            return
        from workbench.ui.metrics import definition

        if isinstance(row.about, Alert):
            title = render(thing(row.about, type_names(self.session)))
            self.app.push_screen(definition.of_rule(row.about.subject, title))
        else:
            self.app.push_screen(definition.of_metric(row.about.metric))

    def action_score_add(self) -> None:
        from workbench.ui.metrics.add import add

        self.app.push_screen(add(self.session, self._begun()))

    def _begun(self) -> str:
        row = self.current
        return f"{row.about.metric.id} " if row is not None and isinstance(row.about, MetricStanding) else ""

    def action_score_ack(self) -> None:
        row = self.current
        if row is None or not isinstance(row.about, Alert):
            self.tell([Span(_("An alert is marked as seen; this is a metric."), "quiet")])
            return
        id = row.about.id
        self.bench.do(lambda: self.alerts.acknowledge(id), self.bench.saved)

    def action_score_delete(self) -> None:
        """Asks first."""
        row = self.current
        reading = row.about.reading if row is not None and isinstance(row.about, MetricStanding) else None
        if row is None or reading is None or not isinstance(row.about, MetricStanding):
            self.tell([Span(_("There is no reading to take out here."), "quiet")])
            return
        from workbench.i18n import pick
        from workbench.ui.sheets.confirm import ConfirmSheet

        metric = row.about.metric
        text = _("Take out the reading of {metric} of {day}?")

        def answered(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: self.desk.delete(metric, reading.day), self.bench.saved)

        self.app.push_screen(ConfirmSheet(text.format(metric=pick(metric.name), day=reading.day.isoformat())), answered)
