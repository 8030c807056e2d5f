"""What every command is given."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CLIContext:
    """Options that stand before the command."""

    data_dir: Path | None  # None: the user's data directory
    log: str = "warning"  # the least level that is logged
