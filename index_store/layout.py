"""The layout of a data directory: the names of what lies in it."""

CATALOG_FILE = "catalog.sqlite3"
VECTORS_FOLDER = "vectors"
LEXICAL_FOLDER = "lexical"
LOCK_FILE = "write.lock"
HOLDER_FILE = "write.holder"  # who holds the lock, in words
