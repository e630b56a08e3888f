-- Requests of the API with an Idempotency-Key, and their answers, for 24 hours. Times are milliseconds since 1970.
CREATE TABLE api_requests (
    -- Of the caller and the key.
    key_hash TEXT NOT NULL PRIMARY KEY,
    -- Of method, path and body: the same key for another request is a mistake.
    fingerprint TEXT NOT NULL,
    -- Who carries it out; another number after somebody else took over.
    attempt UUID NOT NULL,
    -- claimed (nothing happened yet), done (the effects are committed) or answered
    state TEXT NOT NULL,
    -- When whoever claimed it must have died.
    lapses_at BIGINT NOT NULL,
    -- The answer.
    status INTEGER,
    headers TEXT,
    body TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX api_requests_by_age ON api_requests (created_at);
