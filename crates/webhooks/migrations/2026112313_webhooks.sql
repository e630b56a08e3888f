-- Where events are sent to.
CREATE TABLE webhook_endpoints (
    id UUID NOT NULL PRIMARY KEY,
    -- Whose it is; without an account the provider's.
    account_id UUID REFERENCES accounts (id),
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    -- The kinds of events that it gets, as a JSON list; without one all that the owner may see.
    kinds TEXT,
    -- Encrypted under the installation's key.
    secret TEXT NOT NULL,
    -- The secret before the last rotation, and until when it signs too.
    old_secret TEXT,
    old_secret_until BIGINT,
    -- Why and since when nothing is sent; both or none.
    disabled TEXT,
    disabled_at BIGINT,
    -- The first failed attempt after the last delivered one.
    failing_since BIGINT,
    delivered_at BIGINT,
    -- Counts changes by people.
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhook_endpoints_by_owner ON webhook_endpoints (account_id, id);

-- One event on its way to one endpoint.
CREATE TABLE webhook_deliveries (
    -- Made from the ids of event and endpoint: the receiver's webhook-id, the same at each attempt.
    id UUID NOT NULL PRIMARY KEY,
    endpoint_id UUID NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    event_id UUID NOT NULL,
    -- The event's place in the order of all events.
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- waiting, held (its endpoint is disabled), delivered, given_up
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    -- Attempts since it was queued (again): the place in the back-off.
    tries INTEGER NOT NULL,
    -- When it is tried next; while a worker holds it, when that worker's claim lapses.
    due_at BIGINT NOT NULL,
    -- How the last attempt that was recorded ended.
    status INTEGER,
    error TEXT,
    took BIGINT,
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'waiting';
CREATE UNIQUE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint_id, seq);
CREATE INDEX webhook_deliveries_settled ON webhook_deliveries (settled_at);

-- One request to an endpoint, written down before it is made.
CREATE TABLE webhook_attempts (
    id UUID NOT NULL PRIMARY KEY,
    delivery_id UUID NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    signature TEXT NOT NULL,
    -- The answer; without status and error none was recorded, since the process died.
    status INTEGER,
    error TEXT,
    excerpt TEXT,
    took BIGINT
);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery_id, id);
