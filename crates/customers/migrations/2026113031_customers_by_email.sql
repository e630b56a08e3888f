-- The audit trail is searched by the address of a customer, of any partner and whether it answered or not.
CREATE INDEX customers_by_email ON customers (email);
