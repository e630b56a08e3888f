-- Emails given up are few among those sent: counting them must not look at the rest.
CREATE INDEX messages_given_up ON messages (settled_at) WHERE state = 'given_up';
