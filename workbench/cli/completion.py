"""`workbench completion SHELL`: a script that completes verbs and options in bash, zsh, tcsh, fish or PowerShell."""

from __future__ import annotations

import argparse

from workbench.cli.call import Call
from workbench.i18n import _

_SHELLS = ("bash", "zsh", "tcsh", "fish", "powershell")


def declare(parser: argparse.ArgumentParser) -> None:
    """Which shell."""
    parser.add_argument(
        "shell", metavar="SHELL", choices=_SHELLS, help=_("one of {shells}").format(shells=", ".join(_SHELLS))
    )


def run(call: Call) -> int:
    """Print the script."""
    import shtab

    from workbench.cli.parsing import parser

    call.out(shtab.complete(parser(None, every=True), shell=call.args.shell))
    return 0
