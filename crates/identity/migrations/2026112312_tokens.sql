-- Tokens of the API. Times are milliseconds since 1970. Of every token only its SHA-256 is kept.

-- Personal access tokens, made in the profile; and short-lived ones of programs (client credentials).
CREATE TABLE api_tokens (
    id UUID NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    -- For whom it acts: a user or one of the staff.
    person_id UUID NOT NULL,
    -- The program that it was given to; none for a personal one.
    client_id TEXT,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- Scopes, with spaces between them.
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Written at most once a minute.
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_tokens_by_person ON api_tokens (person_id, created_at);
CREATE INDEX api_tokens_by_expiry ON api_tokens (expires_at);
