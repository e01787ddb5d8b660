"""Textual's classes, none of which looks again through all that its ancestors have.

As a class of widgets, screens or apps is made, Textual goes over every attribute of all its bases, twice, for its
reactive and its computed ones. Forty such classes are made before the first frame, which took a twentieth of a start.
Here each class is looked at once, and what a new one inherits is put together of that.

Where Textual makes its classes in another way than when this was written, it does so alone.
"""

from __future__ import annotations

from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.dom import DOMNode

#: All that the method mentions whose place is taken.
_NAMES = frozenset((
    "super", "__init_subclass__", "_reactives", "reversed", "__mro__", "update", "__dict__", "items", "isinstance",
    "Reactive", "_inherit_css", "_inherit_bindings", "_inherit_component_classes", "set", "_css_bases", "__name__",
    "_css_type_name", "add", "_merge_bindings", "_merged_bindings", "frozenset", "_css_type_names", "dir", "startswith",
    "lstrip", "_computes",
))  # fmt: skip


def shorten() -> None:
    """Make the classes to come in this way; `textual.dom` is loaded, and none of those with widgets yet."""
    from textual.dom import DOMNode
    from textual.reactive import Reactive

    method = DOMNode.__dict__["__init_subclass__"]
    if _names(method.__func__.__code__) == _NAMES:
        DOMNode.__init_subclass__ = classmethod(_made(DOMNode, Reactive))  # type: ignore[assignment]


def _names(code: CodeType) -> frozenset[str]:
    within = (_names(each) for each in code.co_consts if isinstance(each, CodeType))
    return frozenset(code.co_names).union(*within)


def _made(node: type[DOMNode], reactive: type[Any]) -> Any:
    """What is done with each new class, in the words of Textual but for what it inherits."""

    @cache
    def reactives(base: type) -> dict[str, Any]:
        return {name: value for name, value in vars(base).items() if isinstance(value, reactive)}

    @cache
    def computes(base: type) -> tuple[str, ...]:
        return tuple(name.lstrip("_")[8:] for name in vars(base) if name.startswith(("_compute_", "compute_")))

    def init_subclass(
        cls: Any, inherit_css: bool = True, inherit_bindings: bool = True, inherit_component_classes: bool = True
    ) -> None:
        super(node, cls).__init_subclass__()
        cls._reactives = {}
        for base in reversed(cls.__mro__):
            cls._reactives.update(reactives(base))
        cls._inherit_css = inherit_css
        cls._inherit_bindings = inherit_bindings
        cls._inherit_component_classes = inherit_component_classes
        bases = cls._css_bases(cls)
        cls._css_type_name = bases[0].__name__
        cls._merged_bindings = cls._merge_bindings()
        cls._css_type_names = frozenset(base.__name__ for base in bases)
        cls._computes = frozenset(name for base in cls.__mro__ for name in computes(base))

    return init_subclass
