-- What nobody holds of one state, in the queue's order: PostgreSQL takes state and reviewer for independent, which they are
-- not, and read and sorted all that awaits approval. The expression is registration::store::queue::PLACE.
CREATE INDEX registrations_nobodys_by_state ON registrations (
    state,
    (CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END),
    id
) WHERE reviewer_id IS NULL;
