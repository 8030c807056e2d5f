-- The truth about what is indexed; vectors and words are derived from it.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0');
INSERT INTO meta VALUES ('index_id', lower(hex(randomblob(16)))); -- repeated in the folders that belong to it

-- One row per version of an article. 'pending': being written; 'current': what is searched and cited;
-- 'retired': replaced or removed, still to be swept from the indexes.
CREATE TABLE versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'current', 'retired')),
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    published TEXT, -- ISO date
    url TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_current_version ON versions (article_id) WHERE state = 'current';
CREATE INDEX versions_by_state ON versions (state) WHERE state <> 'current';
CREATE INDEX versions_by_url ON versions (url) WHERE state = 'current';
CREATE INDEX versions_by_date ON versions (published, source) WHERE state = 'current';

-- Keys name the rows of both indexes and are never used twice.
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
    position INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX passages_by_version ON passages (version, position);

-- What the versions quote, found once, at indexing time; `surname` is the last word of the speaker, folded.
CREATE TABLE quotations (
    version INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker TEXT NOT NULL,
    speaker_start INTEGER NOT NULL,
    speaker_end INTEGER NOT NULL,
    role TEXT NOT NULL,
    verb TEXT NOT NULL,
    told TEXT NOT NULL,
    surname TEXT NOT NULL
) STRICT;
CREATE INDEX quotations_by_version ON quotations (version, "start");
CREATE INDEX quotations_by_surname ON quotations (surname);

CREATE VIEW current_articles AS
SELECT article_id, text, title, source, author, published, url, content_hash, version
FROM versions WHERE state = 'current';

CREATE VIEW current_passages AS
SELECT key, article_id, position, "start", "end", p.text, title, source, published, version
FROM passages p JOIN versions USING (version) WHERE state = 'current';

CREATE VIEW current_quotations AS
SELECT article_id, "start", "end", kind, speaker, speaker_start, speaker_end, role, verb, told, title, source, published,
    version, surname
FROM quotations q JOIN versions USING (version) WHERE state = 'current';
