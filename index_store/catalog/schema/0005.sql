-- Every collection on a Chroma server that was made for this catalog and may still be there. The one that `vectors`
-- names in `meta` is in use; each is entered before it is made, and struck out after it is dropped. A writing leaves
-- a new stamp on the collection: `stamps` are the last ones, the newest first, one of which the collection has, unless
-- another copy of the catalog has written since.
CREATE TABLE collections (name TEXT PRIMARY KEY, server TEXT NOT NULL, stamps TEXT NOT NULL) STRICT, WITHOUT ROWID;
