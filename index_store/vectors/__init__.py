"""The vectors of the passages, in folders or on a server: the door to Chroma."""

from index_store.vectors.folder import DATABASE_FILE, FolderVectors
from index_store.vectors.home import Home, home_of
from index_store.vectors.vectors import Vectors

__all__ = ["DATABASE_FILE", "FolderVectors", "Home", "Vectors", "home_of"]
