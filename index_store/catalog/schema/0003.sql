-- What else an article says of itself.
ALTER TABLE versions ADD COLUMN updated TEXT; -- ISO date of its last change
ALTER TABLE versions ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- The same text in several places is one article: each place is a row of its own, but passages and quotations belong
-- to one of them, the lead, which the others name by its article_id.
ALTER TABLE versions ADD COLUMN text_key TEXT NOT NULL DEFAULT ''; -- equal for the same text
ALTER TABLE versions ADD COLUMN lead TEXT; -- NULL: it is its own
UPDATE versions SET text_key = text_key(text, title);
CREATE INDEX leads_by_text ON versions (text_key) WHERE state = 'current' AND lead IS NULL;
CREATE INDEX places_by_lead ON versions (lead) WHERE state = 'current' AND lead IS NOT NULL;

-- One row a place; `holder` is the version that passages and quotations belong to.
DROP VIEW current_articles;
CREATE VIEW current_articles AS
SELECT article_id, text, title, source, author, published, url, updated, language, content_hash, version, lead,
    coalesce((SELECT l.version FROM versions l WHERE l.state = 'current' AND l.article_id = v.lead), version) AS holder
FROM versions v WHERE state = 'current';
