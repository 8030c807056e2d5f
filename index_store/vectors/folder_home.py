"""Vectors at home in folders of the data directory, beside the catalog."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from index_store.catalog import malformation
from index_store.errors import IndexDamagedError
from index_store.folders import (
    cannot_write,
    derived_folders,
    make_folder,
    missing,
    next_folder,
    sign,
    unfinished_folder,
)
from index_store.layout import COPYING, MAKING, VECTORS_FOLDER
from index_store.vectors.folder import DATABASE_FILE, FolderVectors


@dataclass(frozen=True, slots=True)
class FolderHome:
    """A `Home` in folders; each is marked with the catalog it belongs to."""

    data_dir: Path
    index_id: str

    @property
    def place(self) -> str:
        """Empty: beside the catalog."""
        return ""

    @property
    def where(self) -> str:
        """Where that is, in words."""
        return "in its own folder"

    @property
    def caveat(self) -> str:
        """Empty: all files can be looked at."""
        return ""

    def create(self) -> str:
        """An empty folder of vectors, in the place of whatever has the first name."""
        make_folder(self.data_dir / VECTORS_FOLDER, FolderVectors.create, self.index_id)
        return VECTORS_FOLDER

    def open(self, name: str) -> FolderVectors:
        """The vectors in that folder."""
        return FolderVectors(self.data_dir / name)

    def missing(self, name: str) -> str:
        """Why the folder cannot be opened; empty when it is there and of this index."""
        return missing(self.data_dir / name, self.index_id)

    def fault(self, name: str) -> str:
        """What is wrong with the folder or its database."""
        if told := self.missing(name):
            return told
        database = self.data_dir / name / DATABASE_FILE
        if not database.is_file():
            return "its database is missing"
        told = malformation(database) or ""
        return f"its database is damaged ({told})" if told else ""

    def begin(self, fingerprint: str, in_use: str) -> str:
        """The folder that a kill left of the same making, or a new one; it is never the one in use."""
        folder = unfinished_folder(self.data_dir, VECTORS_FOLDER, self.index_id, fingerprint)
        if folder:
            try:
                FolderVectors(folder).close()
                return folder.name
            except IndexDamagedError:
                shutil.rmtree(folder, ignore_errors=True)
        folder = self.data_dir / f"{next_folder(self.data_dir, VECTORS_FOLDER)}{MAKING}"
        FolderVectors.create(folder)
        try:
            sign(folder, self.index_id, fingerprint)
        except OSError as error:
            raise cannot_write(folder, error) from error
        return folder.name

    def settled(self, name: str) -> str:
        """A copy with its graph on disk; a kill leaves the old folder, which nobody writes over."""
        finished = self.data_dir / next_folder(self.data_dir, VECTORS_FOLDER)
        copy = finished.with_name(f"{finished.name}{COPYING}")
        FolderVectors.flush(self.data_dir / name, copy)
        try:
            copy.rename(finished)
        except OSError as error:
            raise cannot_write(copy, error) from error
        return finished.name

    def is_making(self, in_use: str) -> bool:
        """Whether a folder is being made, or was when a kill came."""
        return any(folder.name.endswith(MAKING) for folder in derived_folders(self.data_dir))

    def sweep(self, in_use: str, *, keep_making: bool) -> None:
        """Nothing: folders of vectors are swept with those of the words."""

    def close(self) -> None:
        """Nothing is open."""
