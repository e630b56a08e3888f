-- Times are milliseconds since 1970-01-01 UTC.

-- Since when the account is a partner. Kept by a trigger on registrations; here, so that the row itself refuses to be
-- a partner and a partner's customer at once, however two transactions interleave.
ALTER TABLE accounts ADD COLUMN partner_since BIGINT CHECK (partner_since IS NULL OR managed_by IS NULL);
CREATE INDEX accounts_by_manager ON accounts (managed_by) WHERE managed_by IS NOT NULL;

-- What the root user granted an IAM user: names with spaces between them (platform::Grant).
ALTER TABLE users ADD COLUMN grants TEXT NOT NULL DEFAULT '';
