-- The oldest that waits, and those whose deadline was missed, without a look at all others.
CREATE INDEX registrations_waiting_since ON registrations (submitted_at) WHERE state = 'awaiting_approval';
CREATE INDEX registrations_missed ON registrations (escalated_at) WHERE escalated_at IS NOT NULL;
