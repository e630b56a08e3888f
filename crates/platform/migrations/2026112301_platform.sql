-- Times are milliseconds since 1970-01-01 UTC. The same statements run on SQLite and PostgreSQL.

-- Everything that happened: the timeline, the audit trail and the cause of every message.
CREATE TABLE events (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id UUID NOT NULL,
    account_id UUID,
    actor TEXT NOT NULL,
    origin TEXT,
    data TEXT NOT NULL
);
CREATE INDEX events_by_subject ON events (subject_id, id);
CREATE INDEX events_by_account ON events (account_id, id);
CREATE INDEX events_by_kind ON events (kind, at);

-- Emails, written with the event that caused them and delivered afterwards.
CREATE TABLE messages (
    id UUID NOT NULL PRIMARY KEY,
    event_id UUID NOT NULL REFERENCES events (id),
    account_id UUID,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    -- Holds a single-use link: the bodies are emptied once it is delivered.
    secret BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    -- When it is tried next; while a worker holds it, when that worker's claim lapses.
    due_at BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX messages_due ON messages (due_at) WHERE state = 'queued';
CREATE INDEX messages_by_event ON messages (event_id);
CREATE INDEX messages_by_age ON messages (created_at);

-- Keys and values that belong to the installation: signing keys, the demo clock.
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
