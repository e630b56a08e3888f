-- Discounts that the provider grants partners, from the request on. Dates are in the provider's time zone, as YYYY-MM-DD.
CREATE TABLE partner_discounts (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- awaiting_approval, awaiting_activation, active, expired, rejected or withdrawn
    state TEXT NOT NULL,

    asked_at BIGINT NOT NULL,
    asked_from TEXT NOT NULL,
    -- What the partner told staff with it.
    note TEXT,
    -- Until when staff decide, and from when on they are reminded.
    due_at BIGINT NOT NULL,
    remind_at BIGINT,
    -- Done once each, whatever else happens.
    reminded_at BIGINT,
    escalated_at BIGINT,

    -- When it was approved, rejected or withdrawn; by whom of the staff.
    settled_at BIGINT,
    decided_by UUID,
    -- Why it was rejected.
    words TEXT,

    -- What was granted begins on this date, which is this moment or, approved late, a later one of it.
    granted_from TEXT,
    starts_at BIGINT,
    -- When another took its place, and which.
    ended_at BIGINT,
    ended_by UUID
);
CREATE UNIQUE INDEX partner_discounts_one_waiting ON partner_discounts (account_id) WHERE state = 'awaiting_approval';
CREATE UNIQUE INDEX partner_discounts_one_approved ON partner_discounts (account_id) WHERE state = 'awaiting_activation';
CREATE UNIQUE INDEX partner_discounts_one_active ON partner_discounts (account_id) WHERE state = 'active';
-- A partner's own, the newest first; lists by state, by id and so by age.
CREATE INDEX partner_discounts_by_account ON partner_discounts (account_id, id);
CREATE INDEX partner_discounts_by_state ON partner_discounts (state, id);
-- What the jobs look for.
CREATE INDEX partner_discounts_due ON partner_discounts (due_at) WHERE state = 'awaiting_approval';
CREATE INDEX partner_discounts_starting ON partner_discounts (starts_at) WHERE state = 'awaiting_activation';

-- Per product, in hundredths of a per cent: what was asked for, and what was granted. Empty where it was none.
CREATE TABLE partner_discount_lines (
    discount_id UUID NOT NULL REFERENCES partner_discounts (id),
    product_id UUID NOT NULL REFERENCES products (id),
    asked INTEGER,
    granted INTEGER,
    PRIMARY KEY (discount_id, product_id)
);
