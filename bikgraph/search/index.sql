-- The index of a release's names and texts. All words are folded: without case, accents and punctuation.
CREATE TABLE thing (
    id INTEGER PRIMARY KEY,
    iri TEXT NOT NULL UNIQUE,
    sort INTEGER NOT NULL  -- 0 a thing of the data, 1 a source, 2 a term of the ontology
);
-- Every label and other label.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    thing INTEGER NOT NULL,
    value TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    joined TEXT NOT NULL  -- a short name written as one word, by which "childfocus" finds it
);
CREATE INDEX name_whole ON name (words);
CREATE INDEX name_thing ON name (thing);
-- Every note, purpose and so on; the field `context` has the names of what a record links.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    thing INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX text_thing ON text (thing);
-- All words of a thing, its names and texts.
CREATE TABLE document (id INTEGER PRIMARY KEY, words TEXT NOT NULL);
-- What a search is narrowed by: country, kind, topic and year.
CREATE TABLE facet (
    facet TEXT NOT NULL, value TEXT NOT NULL, thing INTEGER NOT NULL, PRIMARY KEY (facet, value, thing)
) WITHOUT ROWID;
CREATE INDEX facet_thing ON facet (thing);
-- Which value of a facet a name means: "Belgian" the country BE.
CREATE TABLE meaning (
    facet TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (facet, name, value)
) WITHOUT ROWID;
-- Every word once, between marks, so that its beginning and its end are trigrams too.
CREATE TABLE word (id INTEGER PRIMARY KEY, marked TEXT NOT NULL UNIQUE);

CREATE VIRTUAL TABLE name_words USING fts5(
    words, joined, content = 'name', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', detail = 'none');
CREATE VIRTUAL TABLE document_words USING fts5(
    words, content = 'document', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', detail = 'none');
CREATE VIRTUAL TABLE word_trigrams USING fts5(
    marked, content = 'word', content_rowid = 'id', tokenize = 'trigram', detail = 'none');
CREATE VIRTUAL TABLE name_vocabulary USING fts5vocab('name_words', 'row');
CREATE VIRTUAL TABLE document_vocabulary USING fts5vocab('document_words', 'row');
