"""The report of a week into a file; the ending of its name says in which form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from workbench.config.disk import at_home, is_file
from workbench.core.issues.week import Week
from workbench.core.saying import Refusal, say
from workbench.i18n import _, render
from workbench.output.issues.report import WeekReport
from workbench.output.marks import DONE
from workbench.session import Done
from workbench.storage.atomic import write_whole
from workbench.storage.errors import reason
from workbench.storage.files import Files
from workbench.storage.own import refuse_own
from workbench.ui.commands import bindings
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Span


class ExportSheet(OneLine):
    """Dismissed once the file is written."""

    drafts = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("export")

    def __init__(self, week: Week) -> None:
        super().__init__(_("Report to"), self._understand, self._write, value=f"report-{week}.html")
        self._week = week
        self._anonymous = False

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Enter, names or not, Esc."""
        return ("sheet.accept", "export.names", "sheet.leave")

    def draw(self) -> None:
        super().draw()
        word = say("with names") if self._anonymous else say("without names")
        self.draw_keys({"sheet.accept": say("write"), "export.names": word})

    def _understand(self, text: str) -> Understood:
        path = at_home(text.strip())
        if path.suffix.lower() not in _FORMATS:
            return Understood(None, amber(_("end the name with .html, .md or .txt")))
        where = [Span(_("it is replaced"), "soon")] if is_file(path) else []
        names = _("without order numbers and buyers' names") if self._anonymous else _("with order numbers and names")
        return Understood(path, where, [[Span("  " + names, "quiet")]])

    def action_export_names(self) -> None:
        """Leave out who it was, or not."""
        self._anonymous = not self._anonymous
        self.draw()

    def _write(self, path: Path) -> Done:
        from workbench.session.issues.report import week_report

        refuse_own(self.session.store.directory, path)
        report = week_report(self.session, self._week, anonymous=self._anonymous)
        write(path, _FORMATS[path.suffix.lower()](report))
        return Done(say("The report is in {path}.", path=str(path.resolve())))

    def _saved(self, done: Done) -> None:
        if self.bench.frame is not None:
            self.bench.frame.tell([Span(f"{DONE} "), Span(render(done.saying))])
        self.dismiss(done)


def write(path: Path, text: str) -> None:
    """Put the report in the place of the file; `Refusal` where that is not possible, and nothing was changed."""
    try:
        write_whole(Files(), path.resolve(), [text.encode()])
    except OSError as error:
        raise Refusal(
            say(
                "{path} could not be written ({reason}). Check the folder, or name another file.",
                path=str(path), reason=reason(error),
            )
        ) from error  # fmt: skip


def _page(report: WeekReport) -> str:
    from workbench.output.issues.report_html import page

    return page(report)


def _markdown(report: WeekReport) -> str:
    from workbench.output.issues.report_md import markdown_lines

    return "".join(f"{line}\n" for line in markdown_lines(report))


def _text(report: WeekReport) -> str:
    from workbench.output.issues.report_text import text_lines

    return "".join(f"{line}\n" for line in text_lines(report))


_FORMATS: dict[str, Callable[[WeekReport], str]] = {".html": _page, ".md": _markdown, ".txt": _text}
