-- What nobody holds, in the queue's order: PostgreSQL sorts what an index of reviewers finds under IS NULL, since it does
-- not take that for an equality. The expression is registration::store::queue::PLACE.
CREATE INDEX registrations_nobodys ON registrations (
    (CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END),
    id
) WHERE reviewer_id IS NULL;
