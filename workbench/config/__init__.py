"""Settings: the shipped ones, the seller's over them, each mistake told once; and the policies they make.

`show`, `check_keymap` and the reference are imported from their modules, because a start needs none of them.
"""

from workbench.config.load import Loaded, load
from workbench.config.overlay import Problem
from workbench.config.paths import config_file, crash_file, data_dir, download_dir, memory_file
from workbench.config.policies import points_policy, policy
from workbench.config.settings import Settings
from workbench.config.shipped import shipped_path

__all__ = [
    "Loaded",
    "Problem",
    "Settings",
    "config_file",
    "crash_file",
    "data_dir",
    "download_dir",
    "load",
    "memory_file",
    "points_policy",
    "policy",
    "shipped_path",
]
