-- The queue's order with all that its place is made of: PostgreSQL reads an index alone only where it holds the columns of its
-- expression as well, and took ten times as long to look along a thousand registrations for who has a word.
-- The expression is registration::store::queue::PLACE.
CREATE INDEX registrations_along ON registrations (
    (CASE WHEN settled_at IS NOT NULL THEN 4000000000000000 - settled_at WHEN due_at IS NOT NULL THEN due_at ELSE 1000000000000000 + submitted_at END),
    id,
    settled_at,
    due_at,
    submitted_at
);
DROP INDEX registrations_place;
