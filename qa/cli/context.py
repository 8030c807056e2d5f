"""What every command is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

# what takes long to import is imported when it is asked for, so that `--help` answers at once
if TYPE_CHECKING:
    from qa.configured import ConfiguredIndex
    from qa.engine import ArticleQueryEngine
    from qa.settings import QASettings


@dataclass(frozen=True, slots=True)
class CLIContext:
    """Options that stand before the command."""

    data_dir: Path | None  # None: the user's data directory
    log: str = "warning"  # the least level that is logged
    chroma: Mapping[str, str] = field(default_factory=dict, repr=False)  # what they say of a server, as variables

    def index(self) -> "ConfiguredIndex":
        """What a store is opened with."""
        from index_store.chroma_server import laid_over
        from qa.configured import configured_index
        from qa.llm import read_environment

        return configured_index(self.data_dir, laid_over(read_environment(), self.chroma))

    def engine(self, settings: "QASettings | None" = None) -> "ArticleQueryEngine":
        """The engine over the index."""
        from index_store.chroma_server import chroma_server_from, laid_over
        from qa.engine import open_engine
        from qa.llm import read_environment

        chroma = chroma_server_from(laid_over(read_environment(), self.chroma))
        return open_engine(self.data_dir, settings, chroma=chroma)
