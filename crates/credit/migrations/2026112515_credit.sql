-- Times are milliseconds since 1970-01-01 UTC, amounts are minor units of the currency. What moved stands in the
-- ledger; here is what the ledger does not know.

-- Payments to the provider that staff recorded.
CREATE TABLE credit_deposits (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    -- As it is compared: letters and digits alone, in upper case.
    reference_key TEXT NOT NULL,
    -- Among staff.
    note TEXT,
    -- awaiting_second, posted, rejected or reversed
    state TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at BIGINT NOT NULL,
    settled_by UUID,
    settled_at BIGINT,
    -- Why it was rejected or reversed.
    reason TEXT,
    -- Of the ledger, once it is posted.
    transfer_id UUID,
    CHECK (state = 'awaiting_second' OR (settled_by IS NOT NULL AND settled_at IS NOT NULL)),
    CHECK (state NOT IN ('posted', 'reversed') OR transfer_id IS NOT NULL),
    -- Whoever recorded it is not the second person; a posted one that needed none was settled as it was recorded.
    CHECK (state <> 'rejected' OR settled_by <> recorded_by)
);
-- A payment is recorded once; what was rejected or reversed may be recorded anew.
CREATE UNIQUE INDEX credit_deposits_reference ON credit_deposits (account_id, reference_key)
    WHERE state IN ('awaiting_second', 'posted');
CREATE INDEX credit_deposits_waiting ON credit_deposits (id) WHERE state = 'awaiting_second';
CREATE INDEX credit_deposits_by_account ON credit_deposits (account_id, id);
CREATE INDEX credit_deposits_by_transfer ON credit_deposits (transfer_id) WHERE transfer_id IS NOT NULL;

-- Usage that billing reported, a row each.
CREATE TABLE credit_usage (
    id UUID NOT NULL PRIMARY KEY,
    -- Billing's own id of the row.
    row_id TEXT NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    period TEXT NOT NULL,
    description TEXT NOT NULL,
    -- What was taken from the balance so far.
    charged BIGINT NOT NULL CHECK (charged >= 0),
    -- What is still to be taken.
    outstanding BIGINT NOT NULL CHECK (outstanding >= 0),
    -- What was given back of what was charged.
    refunded BIGINT NOT NULL CHECK (refunded >= 0 AND refunded <= charged),
    imported_at BIGINT NOT NULL,
    CHECK (charged + outstanding <= amount)
);
CREATE UNIQUE INDEX credit_usage_row ON credit_usage (row_id);
-- Ids ascend: the oldest first. Also the sum that is outstanding of an account.
CREATE INDEX credit_usage_outstanding ON credit_usage (account_id, id) WHERE outstanding > 0;
CREATE INDEX credit_usage_by_account ON credit_usage (account_id, id);

-- From which balance on an account is told that it runs low. No row: the provider's default, not told yet.
CREATE TABLE credit_alerts (
    account_id UUID NOT NULL PRIMARY KEY REFERENCES accounts (id),
    -- What events about it are about.
    id UUID NOT NULL,
    -- None: the provider's default.
    threshold BIGINT CHECK (threshold >= 0),
    -- It was told, and the balance has been low since.
    told BOOLEAN NOT NULL
);
