"""Flushing: the graph of the vectors to disk, in a copy that then takes the old one's place."""

from dataclasses import replace
from pathlib import Path

from index_store.catalog import Catalog
from index_store.derived import DerivedIndexes
from index_store.durability import has_room
from index_store.folders import sweep_folders

_NODE_BYTES = 20_000  # of one vector in the graph, with its neighbours: more than any model's takes


def unflushed(catalog: Catalog) -> int:
    """Passages that came since the graph was last on disk: whoever opens the index puts them into it, one by one.

    None on a server, which writes its graph itself.
    """
    placement = catalog.placement
    return 0 if placement.server else catalog.last_key - placement.flushed


def flush(data_dir: Path, catalog: Catalog, derived: DerivedIndexes) -> None:
    """Writes the graph of a copy and moves readers to it; a kill leaves the old one, which nobody writes over."""
    last_key, placement = catalog.last_key, catalog.placement
    size = sum(file.stat().st_size for file in (data_dir / placement.vectors).rglob("*") if file.is_file())
    if not has_room(data_dir, size + _NODE_BYTES * (last_key - placement.flushed)):
        return  # it is as right without, only slower to open
    catalog.move(replace(placement, vectors=derived.settle(), flushed=last_key))
    derived.reopen(catalog.placement)
    sweep_folders(data_dir, catalog.placement, keep="*")
