-- Times are milliseconds since 1970-01-01 UTC. The same statements run on SQLite and PostgreSQL.

-- Applications to become a partner.
CREATE TABLE registrations (
    id UUID NOT NULL PRIMARY KEY,
    -- What people call it by.
    reference TEXT NOT NULL UNIQUE,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- awaiting_approval, approved, rejected or withdrawn
    state TEXT NOT NULL,
    -- Of the letters about it.
    language TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,

    -- The applicant as it was when it applied; what an account says of itself may change.
    legal_name TEXT NOT NULL,
    country TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    email TEXT NOT NULL,
    -- Reference, legal name, tax code and email in lower case: what the queue is searched by.
    search_key TEXT NOT NULL,

    -- What was agreed to, by whom, when and from where.
    terms_version TEXT NOT NULL,
    terms_hash TEXT NOT NULL,
    terms_language TEXT NOT NULL,
    terms_at BIGINT NOT NULL,
    terms_origin TEXT,
    terms_user_id UUID NOT NULL,
    terms_person TEXT NOT NULL,

    -- Who holds the case.
    reviewer_id UUID,
    -- While it awaits approval: the deadline as JSON, and when it is due; empty while its clock is stopped.
    deadline TEXT,
    due_at BIGINT,
    -- From when on staff are reminded; empty while the clock is stopped.
    remind_at BIGINT,
    -- The open question as JSON.
    question TEXT,
    -- Done once each, whatever else happens.
    reminded_at BIGINT,
    escalated_at BIGINT,

    settled_at BIGINT,
    decided_by UUID,
    reason TEXT,
    words TEXT,
    -- For staff only.
    private_note TEXT
);
CREATE UNIQUE INDEX registrations_one_waiting ON registrations (account_id) WHERE state = 'awaiting_approval';
CREATE UNIQUE INDEX registrations_one_approved ON registrations (account_id) WHERE state = 'approved';
CREATE INDEX registrations_by_account ON registrations (account_id, submitted_at);
CREATE INDEX registrations_queue ON registrations (due_at) WHERE state = 'awaiting_approval';
CREATE INDEX registrations_settled ON registrations (settled_at);

-- The texts that were agreed to, kept even when their files are gone.
CREATE TABLE accepted_texts (
    hash TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    body TEXT NOT NULL
);
