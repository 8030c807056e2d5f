-- Articles that tell one story in nearly the same words. Two of them have a band in common; their words decided that
-- they are copies. Only leads are compared: the same text elsewhere is the same article.
ALTER TABLE versions ADD COLUMN compared INTEGER NOT NULL DEFAULT 0; -- whether it has been, with those before it
CREATE INDEX versions_to_compare ON versions (version) WHERE state = 'current' AND lead IS NULL AND compared = 0;

CREATE TABLE bands (
    band INTEGER NOT NULL,
    version INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
    PRIMARY KEY (band, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_by_version ON bands (version);

-- Both ways: (a, b) and (b, a).
CREATE TABLE copies (
    version INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
    PRIMARY KEY (version, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_other ON copies (other);
