-- Times are milliseconds since 1970-01-01 UTC. The same statements run on SQLite and PostgreSQL.

-- A customer's move to another partner: staff propose it, the customer agrees, then the receiving partner does.
CREATE TABLE customer_transfers (
    id UUID NOT NULL PRIMARY KEY,
    -- The relation that it would end.
    relation_id UUID NOT NULL REFERENCES customers (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    from_id UUID NOT NULL REFERENCES accounts (id),
    to_id UUID NOT NULL REFERENCES accounts (id),
    opened_by UUID NOT NULL,
    opened_at BIGINT NOT NULL,
    -- Why, in words of staff for the customer and the receiving partner.
    words TEXT NOT NULL,
    -- Of the customer's link. It stays when the link was used: then the state says what came of it.
    token_hash TEXT NOT NULL,
    -- When the customer agreed; from then on the receiving partner sees it.
    offered_at BIGINT,

    -- awaiting_customer, awaiting_partner, done, declined, withdrawn, expired or lapsed
    state TEXT NOT NULL,
    -- While somebody is to answer.
    expires_at BIGINT,
    settled_at BIGINT,
    -- Who declined, or did not answer: customer or partner.
    side TEXT,
    -- Who of the staff withdrew it.
    withdrawn_by UUID,
    -- The relation that it began.
    next_id UUID REFERENCES customers (id)
);
CREATE UNIQUE INDEX customer_transfers_one_open ON customer_transfers (account_id)
    WHERE state IN ('awaiting_customer', 'awaiting_partner');
CREATE UNIQUE INDEX customer_transfers_by_token ON customer_transfers (token_hash);
CREATE INDEX customer_transfers_of_relation ON customer_transfers (relation_id, id);
CREATE INDEX customer_transfers_offered ON customer_transfers (to_id, id) WHERE offered_at IS NOT NULL;
CREATE INDEX customer_transfers_expiring ON customer_transfers (expires_at)
    WHERE state IN ('awaiting_customer', 'awaiting_partner');
