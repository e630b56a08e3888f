-- Times are milliseconds since 1970-01-01 UTC. The same statements run on SQLite and PostgreSQL.

-- The relation of one partner and one customer, from the invitation on. That an account belongs to one partner at most, and
-- is never a partner itself meanwhile, is kept by accounts.managed_by and its CHECK.
CREATE TABLE customers (
    id UUID NOT NULL PRIMARY KEY,
    partner_id UUID NOT NULL REFERENCES accounts (id),
    -- The address that was invited. Whose it is, or whether anybody's, is not looked up.
    email TEXT NOT NULL,
    -- As the partner calls it.
    name TEXT NOT NULL,
    -- The name without diacritics, in UTF-8: as bytes it has one order on both databases.
    name_key BYTEA NOT NULL,
    -- A space before each word of name and address, without diacritics: what lists are searched by.
    search_key TEXT NOT NULL,
    role TEXT NOT NULL,
    -- Of the letters to the invited address.
    language TEXT NOT NULL,
    invited_at BIGINT NOT NULL,
    -- When the last invitation went out.
    sent_at BIGINT NOT NULL,
    -- Of the newest link; older ones lead nowhere. It stays when the link was used: then the state says what came of it.
    token_hash TEXT,

    -- awaiting_customer, awaiting_approval, active, declined, withdrawn, expired, rejected or ended
    state TEXT NOT NULL,
    -- Since it confirmed.
    account_id UUID REFERENCES accounts (id),
    -- While it awaits the customer.
    expires_at BIGINT,
    confirmed_at BIGINT,
    -- While it awaits approval: by when staff decide, and from when on they are reminded.
    due_at BIGINT,
    remind_at BIGINT,
    -- Done once each, whatever else happens.
    reminded_at BIGINT,
    escalated_at BIGINT,
    active_since BIGINT,
    decided_by UUID,
    -- Since when it is declined, withdrawn, expired, rejected or ended.
    settled_at BIGINT,
    -- Why, in words of staff.
    words TEXT,
    -- Which conditions the customer said it does not meet, with spaces between them.
    unmet TEXT,
    -- How it ended: partner or transfer.
    cause TEXT
);
CREATE UNIQUE INDEX customers_one_open ON customers (partner_id, email)
    WHERE state IN ('awaiting_customer', 'awaiting_approval', 'active');
CREATE UNIQUE INDEX customers_one_partner ON customers (account_id)
    WHERE state IN ('awaiting_approval', 'active');
CREATE UNIQUE INDEX customers_by_token ON customers (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX customers_newest ON customers (partner_id, id);
CREATE INDEX customers_by_name ON customers (partner_id, name_key, id);
CREATE INDEX customers_sent ON customers (partner_id, sent_at);
CREATE INDEX customers_by_account ON customers (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX customers_by_state ON customers (state, id);
CREATE INDEX customers_queue ON customers (due_at, id) WHERE state = 'awaiting_approval';
CREATE INDEX customers_expiring ON customers (expires_at) WHERE state = 'awaiting_customer';
