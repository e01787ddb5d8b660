"""The two themes of the program, and what the colour roles are in every other theme.

A role is a name such as `late` or `quiet`; `Palette` knows its style on each ground (`page`, `pane`, `sheet`, `row`,
`picked`). Every theme of Textual works: what it does not define is computed from what it does, with enough contrast.
Without colour (`NO_COLOR`) and with the terminal's own colours the loudest state is still the loudest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DARK, LIGHT = "workbench-dark", "workbench-light"
#: The least contrast of a computed text colour on the page.
CONTRAST = 4.5


def _theme(name: str, dark: bool, roles: Mapping[str, str]) -> Theme:
    row, faint, quiet, text = roles["row"], roles["faint"], roles["quiet"], roles["text"]
    return Theme(
        name=name,
        dark=dark,
        primary=roles["accent"],
        secondary=roles["accent"],
        accent=roles["accent"],
        success=roles["accent"],
        warning=roles["soon"],
        error=roles["late"],
        foreground=text,
        background=roles["page"],
        surface=roles["pane"],
        panel=roles["sheet"],
        variables={
            **{role: roles[role] for role in ("sheet", "row", "picked", "strong", "quiet", "faint", "late", "soon")},
            **{f"heat-{n}": colour for n, colour in enumerate(roles["heat"].split(), 1)},
            "scrollbar": row, "scrollbar-hover": row, "scrollbar-active": faint,
            "scrollbar-background": roles["page"], "scrollbar-background-hover": roles["page"],
            "scrollbar-background-active": roles["page"], "scrollbar-corner-color": roles["page"],
            "input-cursor-background": text, "input-cursor-foreground": roles["page"],
            "input-selection-background": row, "screen-selection-background": row,
            "border": quiet, "border-blurred": faint,
        },
    )  # fmt: skip


THEMES = (
    _theme(DARK, True, {
        "page": "#15171b", "pane": "#1b1e23", "sheet": "#23272e", "row": "#2d333c", "picked": "#23272e",
        "strong": "#f4f5f7", "text": "#d3d7dc", "quiet": "#959ca6", "faint": "#69717b", "accent": "#74c7b8",
        "late": "#f4796d", "soon": "#e6b450", "heat": "#1e3330 #26504a #2c655c #347a6f",
    }),
    _theme(LIGHT, False, {
        "page": "#fbfaf6", "pane": "#f4f2ec", "sheet": "#eae7de", "row": "#e0dcd0", "picked": "#efece4",
        "strong": "#0f1114", "text": "#2c3036", "quiet": "#575d66", "faint": "#868b93", "accent": "#096b5f",
        "late": "#b3281c", "soon": "#805200", "heat": "#e1eeeb #c2dfd9 #93c9bf #62b0a3",
    }),
)  # fmt: skip


_OURS = {theme.name for theme in THEMES}


def fallbacks(theme: Theme) -> dict[str, str]:
    """The colour roles of a theme that does not define them, computed from what it does."""
    if theme.name in _OURS:
        return {}
    if theme.ansi:
        plain = ("sheet", "row", "picked", "strong", "quiet", "faint", "heat-1", "heat-2", "heat-3", "heat-4")
        return dict.fromkeys(plain, "ansi_default") | {"late": "ansi_red", "soon": "ansi_yellow"}
    system = theme.to_color_system().generate()
    page, text = Color.parse(system["background"]), Color.parse(system["foreground"])
    panel = page.blend(Color.parse(system["panel"]), Color.parse(system["panel"]).a, 1)
    if contrast(panel, page) < 1.1:
        panel = page.blend(text, 0.1)
    found = {
        "sheet": panel,
        "row": panel.blend(text, 0.1),
        "picked": page.blend(panel, 0.6),
        "strong": text,
        "quiet": legible(page.blend(text, 0.6), text, page),
        "faint": page.blend(text, 0.4),
        "late": legible(Color.parse(system["error"]), text, page),
        "soon": legible(Color.parse(system["warning"]), text, page),
    }
    heat = {f"heat-{n}": page.blend(Color.parse(system["primary"]), n * 0.15) for n in range(1, 5)}
    return {name: value.hex6 for name, value in (found | heat).items()}


def legible(colour: Color, text: Color, page: Color) -> Color:
    """`colour`, moved towards the text colour as far as it must be to be read on the page."""
    for step in range(11):
        mixed = colour.blend(text, step / 10, 1)
        if contrast(mixed, page) >= CONTRAST:
            return mixed
    return text


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


#: role -> (variable, attributes)
ROLES: dict[str, tuple[str, str]] = {
    "text": ("foreground", ""), "bold": ("foreground", "bold"),
    "strong": ("strong", ""), "title": ("strong", "bold"),
    "quiet": ("quiet", ""), "faint": ("faint", ""),
    "accent": ("primary", ""), "accent_bold": ("primary", "bold"),
    "late": ("late", ""), "late_bold": ("late", "bold"), "late_cell": ("late", "bold"),
    "soon": ("soon", ""), "soon_bold": ("soon", "bold"),
    "on_accent": ("background", "bold"),
}  # fmt: skip
_GROUNDS = {
    "page": "background", "pane": "surface", "sheet": "sheet", "row": "row", "picked": "picked", "accent": "primary",
    "heat1": "heat-1", "heat2": "heat-2", "heat3": "heat-3", "heat4": "heat-4",
}  # fmt: skip
_NO_COLOUR = {
    "late": "",
    "late_bold": "bold",
    "late_cell": "bold reverse",
    "soon": "bold",
    "soon_bold": "bold",
    "accent": "bold",
}
_ANSI = {
    "strong": "", "title": "bold", "quiet": "dim", "faint": "dim", "accent": "cyan", "accent_bold": "bold cyan",
    "late": "red", "late_bold": "bold red", "late_cell": "bold red",
    "soon": "yellow", "soon_bold": "bold yellow",
}  # fmt: skip


class Palette:
    """The styles of all roles on all grounds, for one theme; styles are made once each."""

    def __init__(
        self, variables: Mapping[str, str], *, ansi: bool, no_colour: bool, sixteen: bool = False
    ) -> None:  # fmt: skip
        self.ansi = ansi
        self.no_colour = no_colour
        self._sixteen = sixteen
        self._variables = variables
        self._styles: dict[tuple[str, str], Style] = {}

    def style(self, role: str, ground: str) -> Style:
        """The style of `role` on `ground`."""
        key = role, ground
        if key not in self._styles:
            self._styles[key] = self._terminal(role, ground) if self.ansi else self._own(role, ground)
        return self._styles[key]

    def _own(self, role: str, ground: str) -> Style:
        variable, attributes = ROLES[role]
        if self.no_colour and role in _NO_COLOUR:
            variable, attributes = "foreground", _NO_COLOUR[role]
        if self._sixteen and ground == "row":
            # Of sixteen colours this ground is the grey of the quiet words, or none: page and text change places.
            loud = "bold" in attributes or role in ("late", "soon")
            return Style(color=self._colour("background"), bgcolor=self._colour("foreground"), bold=loud)
        return Style.parse(attributes) + Style(color=self._colour(variable), bgcolor=self._colour(_GROUNDS[ground]))

    def _terminal(self, role: str, ground: str) -> Style:
        attributes = _ANSI.get(role, ROLES[role][1])
        if self.no_colour and role in _NO_COLOUR:
            attributes = _NO_COLOUR[role]
        if ground not in ("row", "accent"):
            return Style.parse(attributes)
        # Reversed colours would put the loudest ground behind the quietest words.
        return Style(reverse=True, bold="bold" in attributes)

    def _colour(self, variable: str) -> str:
        page = Color.parse(self._variables["background"])
        colour = Color.parse(self._variables[variable])
        return colour.hex6 if colour.a == 1 else page.blend(colour, colour.a, 1).hex6


_palettes: dict[tuple[str, bool, bool, bool], Palette] = {}


def palette_of(app: App[Any]) -> Palette:
    """The palette of the theme that `app` shows now."""
    sixteen = not app.is_headless and app.console.color_system in ("standard", "windows")
    key = app.theme, app.native_ansi_color, app.no_color, sixteen
    if key not in _palettes:
        # Asked for anew: right after a change of theme the app still remembers the variables of the one before.
        _palettes[key] = Palette(
            app.get_css_variables(), ansi=app.native_ansi_color, no_colour=app.no_color, sixteen=sixteen
        )
    return _palettes[key]
