"""Flushing: the graph of the vectors to disk, in a copy that then takes the old one's place."""

from dataclasses import replace
from pathlib import Path

from index_store.catalog import Catalog
from index_store.derived import DerivedIndexes
from index_store.durability import has_room
from index_store.folders import cannot_write, next_folder, sweep_folders
from index_store.layout import COPYING, VECTORS_FOLDER

_NODE_BYTES = 20_000  # of one vector in the graph, with its neighbours: more than any model's takes


def unflushed(catalog: Catalog) -> int:
    """Passages that came since the graph was last on disk: whoever opens the index puts them into it, one by one."""
    return catalog.last_key - catalog.placement.flushed


def flush(data_dir: Path, catalog: Catalog, derived: DerivedIndexes) -> None:
    """Writes the graph of a copy and moves readers to it; a kill leaves the old one, which nobody writes over."""
    name, last_key, placement = next_folder(data_dir, VECTORS_FOLDER), catalog.last_key, catalog.placement
    copy = data_dir / f"{name}{COPYING}"
    if not has_room(data_dir, derived.vectors_bytes + _NODE_BYTES * (last_key - placement.flushed)):
        return  # it is as right without, only slower to open
    derived.copy_vectors(copy)
    try:
        copy.rename(data_dir / name)
    except OSError as error:
        raise cannot_write(copy, error) from error
    catalog.move(replace(placement, vectors=name, flushed=last_key))
    derived.reopen(catalog.placement)
    sweep_folders(data_dir, catalog.placement, keep="*")
