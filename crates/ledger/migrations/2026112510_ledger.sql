-- A double-entry ledger. Times are milliseconds since 1970-01-01 UTC, amounts minor units of the currency beside them.
-- What was posted is never changed: a mistake is reversed by another transfer. `portico ledger verify` proves the rest.

-- Ledger accounts: the credit of service accounts under their ids, and the two ends of the ledger, where money comes from
-- (...0001, deposits) and where it goes (...0002, usage). Over all of a currency the balances sum to zero.
CREATE TABLE ledger_accounts (
    id UUID NOT NULL,
    -- A code of ISO 4217.
    currency TEXT NOT NULL,
    balance BIGINT NOT NULL,
    -- How many entries it has: the number of the newest.
    entries BIGINT NOT NULL,
    -- The time of the newest. The next is not older, whatever the clocks of several processes say.
    latest_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (id, currency),
-- sqlite:
    CHECK (balance >= 0 OR id IN (X'00000000000080008000000000000001', X'00000000000080008000000000000002'))
-- postgres:
    CHECK (balance >= 0 OR id IN ('00000000-0000-8000-8000-000000000001', '00000000-0000-8000-8000-000000000002'))
-- both:
);

-- Movements of money from one ledger account to another.
CREATE TABLE ledger_transfers (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    -- deposit, top_up, usage, refund, reversal
    kind TEXT NOT NULL,
    -- Debited.
    from_id UUID NOT NULL,
    -- Credited.
    to_id UUID NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    -- The numbers of its two entries in their accounts.
    from_number BIGINT NOT NULL,
    to_number BIGINT NOT NULL,
    -- Of the order: the same order again is this transfer.
    idempotency_key TEXT NOT NULL,
    reference TEXT NOT NULL,
    reverses UUID REFERENCES ledger_transfers (id),
    -- Who ordered it, as JSON, and from which address.
    actor TEXT NOT NULL,
    origin TEXT,
    CHECK (from_id <> to_id),
    CHECK ((reverses IS NOT NULL) = (kind = 'reversal'))
);
CREATE UNIQUE INDEX ledger_transfers_once ON ledger_transfers (from_id, idempotency_key);
CREATE UNIQUE INDEX ledger_transfers_reversed_once ON ledger_transfers (reverses) WHERE reverses IS NOT NULL;

-- What a transfer did to each of its two accounts. No foreign keys: only transfers write here, both rows with the transfer
-- in one statement each, and checking every row again would cost more than writing it.
CREATE TABLE ledger_entries (
    account_id UUID NOT NULL,
    currency TEXT NOT NULL,
    -- Consecutive in the account, from 1.
    number BIGINT NOT NULL CHECK (number > 0),
    at BIGINT NOT NULL,
    transfer_id UUID NOT NULL,
    -- Below zero where the account was debited.
    amount BIGINT NOT NULL CHECK (amount <> 0),
    balance_after BIGINT NOT NULL,
    PRIMARY KEY (account_id, currency, number)
-- sqlite:
) WITHOUT ROWID;
-- postgres:
);
-- both:
-- A statement begins and ends at moments.
CREATE INDEX ledger_entries_by_time ON ledger_entries (account_id, currency, at, number);

-- sqlite:
-- INSERT OR REPLACE deletes without asking the triggers below.
CREATE TRIGGER ledger_transfers_insert BEFORE INSERT ON ledger_transfers
WHEN EXISTS (SELECT 1 FROM ledger_transfers WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM ledger_transfers WHERE from_id = NEW.from_id AND idempotency_key = NEW.idempotency_key)
    OR (NEW.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_transfers WHERE reverses = NEW.reverses))
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_transfers_update BEFORE UPDATE ON ledger_transfers
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_transfers_delete BEFORE DELETE ON ledger_transfers
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_entries_insert BEFORE INSERT ON ledger_entries
WHEN EXISTS (SELECT 1 FROM ledger_entries
    WHERE account_id = NEW.account_id AND currency = NEW.currency AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entries_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entries_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_accounts_delete BEFORE DELETE ON ledger_accounts
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- postgres:
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END
$$;

CREATE TRIGGER ledger_transfers_change BEFORE UPDATE OR DELETE ON ledger_transfers FOR EACH ROW
EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_transfers_truncate BEFORE TRUNCATE ON ledger_transfers FOR EACH STATEMENT
EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_entries_change BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW
EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_entries_truncate BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT
EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_accounts_delete BEFORE DELETE ON ledger_accounts FOR EACH ROW
EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_accounts_truncate BEFORE TRUNCATE ON ledger_accounts FOR EACH STATEMENT
EXECUTE FUNCTION ledger_is_append_only();
