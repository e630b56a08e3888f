-- Whoever was removed from the staff kept tokens of the API, which opened nothing until the person was added again: those
-- of before a removal end, also of who is back already.
UPDATE api_tokens SET revoked_at = (
    SELECT MAX(e.at) FROM events AS e WHERE e.kind = 'staff.removed' AND e.subject_id = api_tokens.person_id
)
WHERE revoked_at IS NULL AND EXISTS (
    SELECT 1 FROM events AS e
    WHERE e.kind = 'staff.removed' AND e.subject_id = api_tokens.person_id AND e.at >= api_tokens.created_at
);
