-- Those whose deadline was missed, counted without a look at all others.
CREATE INDEX customers_missed ON customers (escalated_at) WHERE escalated_at IS NOT NULL;
