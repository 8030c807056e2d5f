-- The derived indexes lie in folders that the catalog names: a new one is made beside the old one, and this is the switch.
INSERT INTO meta VALUES ('vectors', 'vectors');
INSERT INTO meta VALUES ('lexical', 'lexical');
INSERT INTO meta VALUES ('flushed', '0'); -- the highest key that had been given when the graph of vectors was last written
