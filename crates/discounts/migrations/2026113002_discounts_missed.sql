-- Those whose deadline was missed, counted without a look at all others.
CREATE INDEX partner_discounts_missed ON partner_discounts (escalated_at) WHERE escalated_at IS NOT NULL;
