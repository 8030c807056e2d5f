"""The layout of a data directory: the names of what lies in it."""

CATALOG_FILE = "catalog.sqlite3"
VECTORS_FOLDER = "vectors"
LEXICAL_FOLDER = "lexical"
ID_FILE = "index.id"  # in both folders: the catalog they belong to
LOCK_FILE = "write.lock"
HOLDER_FILE = "write.holder"  # who holds the lock, in words
