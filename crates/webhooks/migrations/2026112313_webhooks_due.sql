-- Queries name the state by a parameter, and then neither database knows that a partial index fits.
DROP INDEX webhook_deliveries_due;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (state, due_at);
