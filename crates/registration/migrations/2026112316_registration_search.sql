-- The queue at a large provider: pages that begin where the last one ended, and search by words.

-- Where a registration stands in the queue, ascending: those whose clock runs by when they are due, then those whose
-- clock is stopped by when they were submitted, then the settled ones, the newest first. The queries write the same
-- expression (registration::store::queue::PLACE); an index on it needs no column that a version before would have to fill.
CREATE INDEX registrations_place ON registrations (
    (CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END),
    id
);
CREATE INDEX registrations_place_by_state ON registrations (
    state,
    (CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END),
    id
);
CREATE INDEX registrations_place_by_reviewer ON registrations (
    reviewer_id,
    (CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END),
    id
);

-- The words that registrations are found by: lower case, without diacritics (registration::search), in UTF-8. As bytes
-- they have one order on both databases, whatever the collation, so that what begins with a prefix is a range.
CREATE TABLE registration_words (
    registration_id UUID NOT NULL REFERENCES registrations (id),
    word BYTEA NOT NULL,
    PRIMARY KEY (registration_id, word)
);
CREATE INDEX registration_words_by_word ON registration_words (word, registration_id);

-- Whether its words are in there: not yet for those of a version before, which a job then sees to.
ALTER TABLE registrations ADD COLUMN words_indexed BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX registrations_to_index ON registrations (id) WHERE NOT words_indexed;
