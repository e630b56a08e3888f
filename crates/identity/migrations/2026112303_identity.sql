-- Times are milliseconds since 1970-01-01 UTC. Of every token only its SHA-256 is kept.

-- Browsers signed in at the provider (single sign-on): what the authorization endpoint knows a person by.
CREATE TABLE sso_sessions (
    id UUID NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    -- A user or one of the staff.
    person_id UUID NOT NULL,
    -- When the password was given.
    auth_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sso_sessions_by_person ON sso_sessions (person_id);

-- Browsers signed in at the portal, which is a client of the provider.
CREATE TABLE portal_sessions (
    id UUID NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL,
    -- The session at the provider that it stems from; that may have ended.
    sso_session_id UUID NOT NULL,
    client_id TEXT NOT NULL,
    -- Given back as a hint when the person signs out.
    id_token TEXT NOT NULL,
    auth_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX portal_sessions_by_person ON portal_sessions (person_id);
CREATE INDEX portal_sessions_by_sso ON portal_sessions (sso_session_id);

-- Sign-ins that the portal has begun and that have not come back yet.
CREATE TABLE pending_sign_ins (
    state_hash TEXT NOT NULL PRIMARY KEY,
    -- Of a cookie: an answer counts only in the browser that asked.
    browser_hash TEXT NOT NULL,
    client_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    destination TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Authorization codes, and all that they are bound to.
CREATE TABLE authorization_codes (
    code_hash TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT,
    person_id UUID NOT NULL,
    sso_session_id UUID NOT NULL,
    auth_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX authorization_codes_by_person ON authorization_codes (person_id);

CREATE TABLE access_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- The code that it was issued for: a second use of the code revokes it.
    code_hash TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    person_id UUID NOT NULL,
    sso_session_id UUID NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX access_tokens_by_code ON access_tokens (code_hash);
CREATE INDEX access_tokens_by_person ON access_tokens (person_id);

-- Every try to sign in: the history that a person sees, and what slows guessing down.
CREATE TABLE sign_ins (
    id UUID NOT NULL PRIMARY KEY,
    -- What was typed to name a person, in lower case.
    login TEXT NOT NULL,
    -- Whom that names, if anybody.
    person_id UUID,
    address TEXT NOT NULL,
    -- What failures are counted by: the address, of IPv6 its first 64 bits, which one customer has to itself.
    network TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- trying, failed, succeeded or refused (too many failures before it)
    outcome TEXT NOT NULL
);
CREATE INDEX sign_ins_by_login ON sign_ins (login, network, at);
CREATE INDEX sign_ins_by_network ON sign_ins (network, at);
CREATE INDEX sign_ins_by_person ON sign_ins (person_id, at);
