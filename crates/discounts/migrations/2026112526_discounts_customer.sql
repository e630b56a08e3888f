-- Discounts that partners grant their customers: one a product or product group and period.
CREATE TABLE customer_discounts (
    id UUID NOT NULL PRIMARY KEY,
    partner_id UUID NOT NULL REFERENCES accounts (id),
    customer_id UUID NOT NULL REFERENCES accounts (id),
    -- One of both.
    group_id UUID REFERENCES product_groups (id),
    product_id UUID REFERENCES products (id),
    -- In hundredths of a percent.
    percent INTEGER NOT NULL,
    -- The period as it was agreed: dates in the provider's time zone, both included, as in 2026-12-01.
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    -- The same as moments, the second not included; cut short where it ended early.
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    granted_at BIGINT NOT NULL,
    -- When it was taken back before it began; such a one never holds.
    withdrawn_at BIGINT,
    -- When and how it was cut short: early (by the partner) or severed (no customer of the partner any more).
    ended_at BIGINT,
    ended_how TEXT,
    -- When it was told that it began and that it is over.
    activated_at BIGINT,
    expired_at BIGINT,
    CHECK ((group_id IS NULL) <> (product_id IS NULL))
);
-- A customer's prices; and of two that begin on the same day for the same thing the database takes one.
CREATE UNIQUE INDEX customer_discounts_of_product ON customer_discounts (customer_id, product_id, first_day)
    WHERE withdrawn_at IS NULL AND product_id IS NOT NULL;
CREATE UNIQUE INDEX customer_discounts_of_group ON customer_discounts (customer_id, group_id, first_day)
    WHERE withdrawn_at IS NULL AND group_id IS NOT NULL;
CREATE INDEX customer_discounts_by_customer ON customer_discounts (customer_id, id);
-- What a partner grants now or will.
CREATE INDEX customer_discounts_by_partner ON customer_discounts (partner_id, until_at);
-- What the job has to tell.
CREATE INDEX customer_discounts_to_activate ON customer_discounts (from_at)
    WHERE activated_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX customer_discounts_to_expire ON customer_discounts (until_at)
    WHERE expired_at IS NULL AND withdrawn_at IS NULL;
