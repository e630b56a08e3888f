-- Times are milliseconds since 1970-01-01 UTC.

-- Service accounts.
CREATE TABLE accounts (
    id UUID NOT NULL PRIMARY KEY,
    -- individual or enterprise; an enterprise has the three columns below.
    class TEXT NOT NULL,
    legal_name TEXT,
    -- In lower case and single spaces, to find the same name written twice.
    legal_name_key TEXT,
    country TEXT,
    tax_code TEXT,
    phone TEXT NOT NULL,
    payment_mode TEXT NOT NULL,
    uses_services BOOLEAN NOT NULL,
    enjoys_discount BOOLEAN NOT NULL,
    in_poc BOOLEAN NOT NULL,
    -- The partner whose customer the account is.
    managed_by UUID REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    CHECK (class = 'individual' OR (legal_name IS NOT NULL AND country IS NOT NULL AND tax_code IS NOT NULL))
);
CREATE INDEX accounts_by_tax_code ON accounts (tax_code);
CREATE INDEX accounts_by_legal_name ON accounts (legal_name_key);

-- Who signs in for an account: one root user, any number of IAM users.
CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- root or iam
    kind TEXT NOT NULL,
    -- In lower case. An IAM user's own address is for letters only: it signs in with the root's and its user name.
    email TEXT NOT NULL,
    email_domain TEXT NOT NULL,
    user_name TEXT,
    name TEXT NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL,
    email_verified_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX users_root_email ON users (email) WHERE kind = 'root';
CREATE UNIQUE INDEX users_one_root ON users (account_id) WHERE kind = 'root';
CREATE UNIQUE INDEX users_iam_name ON users (account_id, user_name) WHERE kind = 'iam';
CREATE INDEX users_by_account ON users (account_id);
CREATE INDEX users_by_domain ON users (email_domain);

-- The provider's people.
CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Single-use links sent by email: only their hashes are kept.
CREATE TABLE email_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- sign_up or password_reset
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    -- Who resets the password: a user or one of the staff.
    person_id UUID,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX email_links_by_email ON email_links (email, purpose, created_at);

-- What a person agreed to, in which version.
CREATE TABLE consents (
    id UUID NOT NULL PRIMARY KEY,
    -- The sign-up link stands for the person until the account exists.
    user_id UUID,
    email TEXT NOT NULL,
    document TEXT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    agreed_at BIGINT NOT NULL,
    origin TEXT
);
CREATE INDEX consents_by_email ON consents (email, document);
