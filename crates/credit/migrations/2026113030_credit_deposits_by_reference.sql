-- The audit trail is searched by the reference of a payment, of any account and whatever became of it.
CREATE INDEX credit_deposits_by_reference ON credit_deposits (reference_key);
