"""The second view of the Ledger: alerts above all, then each metric in a row, and what it is made of below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from workbench.core.metrics.standing import MetricStanding
from workbench.core.place import Place
from workbench.i18n import _, language, n_
from workbench.output.metrics.text import opening_words, sentence
from workbench.session.alerts.desk import Alert, AlertDesk
from workbench.session.alerts.sending import Post, type_names
from workbench.session.metrics.desk import MetricDesk
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.frame import Frame
from workbench.ui.metrics import pane
from workbench.ui.metrics.rows import ScoreRows, alert_row, heads, metric_row, widths
from workbench.ui.text import Line, Span
from workbench.ui.widgets.lines import Lines, Page


class ScoreScreen(Frame):
    """What the platform measures, and how near each line is."""

    pane = "ledger"
    scopes = ("score",)
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = bindings("score")

    def __init__(self) -> None:
        super().__init__()
        self._standings: list[MetricStanding] = []

    def body(self) -> Iterable[Widget]:
        with Vertical(id="body"):
            yield Lines(id="sentence")
            yield ScoreRows(id="rows")
            yield Page(id="detail")

    @property
    def table(self) -> ScoreRows:
        """The list."""
        return self.query_one(ScoreRows)

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
        self._lay_out()

    def fit(self) -> None:
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        margin = 9 if language() == "zh" else 11
        cells = self.size.width
        room = widths(cells - margin - 5)
        types, today, zone = type_names(self.session), self.desk.today, self.session.zone
        rows = [alert_row(alert, types, room) for alert in self.alerts.all() if alert.worth]
        metrics = [metric_row(each, today, zone, room) for each in self._standings if each.value is not None]
        order = {_("Platform"): 0, _("Own goals"): 1, _("Old"): 2}
        rows += sorted(metrics, key=lambda row: order[row.group])
        key = keys_in_bar(self.bench.keymap, "score.add")[0][0]
        empty = [Span("  "), Span(f"{key}  ", "bold"), Span(_("enter what Seller Center shows: sps 4.2 nrr 1.26%"))]
        self.table.show(rows, heads(room), empty, margin, parted=self.size.height >= 30)
        said = [Span("  "), *self._sentence()]
        self.query_one("#sentence", Lines).show([self.with_second(said, cells - 2)])
        self._draw_detail()
        self.draw_bar()

    def _sentence(self) -> Line:
        """`Score 4.2, 0.2 above 4. Late dispatch: one more miss is still fine. 1 alert.`"""
        text = sentence(self._standings)
        first, blank, rest = text.partition(". ") if language() == "en" else text.partition("\u3002 ")
        line = [Span(first + blank.rstrip(), "title"), Span(f" {rest}" if rest else "")]
        firing = len(self.alerts.firing())
        if firing:
            line.append(Span(" " + n_("{n} alert.", "{n} alerts.", firing).format(n=firing), "soon"))
        return line

    def draw_bar(self, lead: Line = ()) -> None:
        self.bar.keys(self.keys_of_bar("score"), lead)

    @on(ScoreRows.Moved)
    @on(Page.Resized)
    def _draw_detail(self) -> None:
        page, row = self.query_one("#detail", Page), self.table.current
        cells = page.size.width
        if not cells:
            return
        if row is None:
            page.show([])
        elif isinstance(row.about, Alert):
            lines = Post(self.session).lines(row.about)
            page.show(pane.of_alert(row.about, type_names(self.session), lines, cells), about=row.place)
        else:
            opened = self._opened(row.about)
            found = pane.of_metric(row.about, self.desk.today, self.session.zone, cells, page.size.height, opened)
            page.show(found, about=row.place)

    def _opened(self, found: MetricStanding) -> list[tuple[str, str]]:
        """What it opens and closes, with the points where they are asked as well, and until when."""
        from workbench.session.metrics.gates import gates

        openings = gates(self.session, [found])
        if found.metric.unit != "score":
            openings = openings[: len(found.metric.gates)]
        return [("" if at else _("Opens"), opening_words(each, self.session.zone)) for at, each in enumerate(openings)]

    def land(self, place: Place) -> bool:
        for at, row in enumerate(self.table.rows):
            if row.place == place:
                self.table.go(at)
                return True
        return False

    @property
    def here(self) -> Place | None:
        return self.table.current.place if self.table.current is not None else None

    # deeds

    @on(ScoreRows.Chosen)
    def action_score_open(self) -> None:
        """The lines behind an alert: where they are; of a metric the pane has them."""
        row = self.table.current
        if row is None:
            return
        where = row.about.subject.place if isinstance(row.about, Alert) else None
        if where is None:
            self.query_one("#detail", Page).focus()
        elif where.domain == "metrics":
            self.land(where)
        else:
            self.bench.open(where)

    def action_score_add(self) -> None:
        from workbench.ui.metrics.add import add

        self.app.push_screen(add(self.session, self._begun()))

    def _begun(self) -> str:
        row = self.table.current
        return f"{row.about.metric.id} " if row is not None and isinstance(row.about, MetricStanding) else ""

    def action_score_ack(self) -> None:
        row = self.table.current
        if row is None or not isinstance(row.about, Alert):
            self.tell([Span(_("An alert is marked as seen; this is a metric."), "quiet")])
            return
        id = row.about.id
        self.bench.do(lambda: self.alerts.acknowledge(id), self.bench.saved)

    def action_score_delete(self) -> None:
        """Asks first."""
        row = self.table.current
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

    def action_score_back(self) -> None:
        if self.query_one("#detail", Page).has_focus:
            self.table.focus()
        else:
            self.bench.switch_mode("ledger")
