-- Times are milliseconds since 1970-01-01 UTC.

-- Every letter that a sign-up asked for, whoever has the mailbox: what the limits by mailbox and by origin count.
-- Rows older than a day are removed.
CREATE TABLE sign_up_requests (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- An IPv4 address, or the first 64 bits of an IPv6 one.
    origin TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX sign_up_requests_by_email ON sign_up_requests (email, at);
CREATE INDEX sign_up_requests_by_origin ON sign_up_requests (origin, at);
