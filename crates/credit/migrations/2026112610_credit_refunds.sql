-- What staff gave back of usage. The key makes each one refund, also where nothing moved in the ledger because all of it
-- was still outstanding.
CREATE TABLE credit_refunds (
    order_key TEXT NOT NULL PRIMARY KEY,
    usage_id UUID NOT NULL REFERENCES credit_usage (id),
    -- What came back to the balance, and what is no longer outstanding.
    credited BIGINT NOT NULL CHECK (credited >= 0),
    waived BIGINT NOT NULL CHECK (waived >= 0),
    currency TEXT NOT NULL,
    refunded_at BIGINT NOT NULL,
    CHECK (credited + waived > 0)
);
