"""The layout of a data directory: the names of what lies in it."""

CATALOG_FILE = "catalog.sqlite3"
VECTORS_FOLDER = "vectors"  # the first; one that takes its place has a number after it, and the catalog names it
LEXICAL_FOLDER = "lexical"
ID_FILE = "index.id"  # in both folders: the catalog they belong to
PURPOSE_FILE = "made.for"  # in a folder that is being made: the fingerprint it will be searched with
MAKING = ".new"  # after the name of a folder that is being made; what is there can be gone on with
COPYING = ".copy"  # after the name of a folder that is being copied; left behind, it is worth nothing
LOCK_FILE = "write.lock"
HOLDER_FILE = "write.holder"  # who holds the lock, in words
