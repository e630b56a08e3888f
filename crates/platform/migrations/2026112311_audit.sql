-- Events become append-only and get one order, sealed by a hash chain (platform::audit). Every new column may be
-- empty: a process of the version before goes on writing events during a roll-out.

-- Place in the one order of all events, from 1 without a gap; empty until the sealer has been there.
ALTER TABLE events ADD COLUMN seq BIGINT;
-- The chain up to this event: `1:` and the SHA-256 over the seal before it and everything in this row.
ALTER TABLE events ADD COLUMN seal TEXT;
-- The id of the person in `actor`, to find events by; filled in with the seal.
ALTER TABLE events ADD COLUMN actor_id UUID;
-- What the subject was before and is after, as JSON that staff may see.
ALTER TABLE events ADD COLUMN before TEXT;
ALTER TABLE events ADD COLUMN after TEXT;

CREATE UNIQUE INDEX events_by_seq ON events (seq) WHERE seq IS NOT NULL;
CREATE INDEX events_unsealed ON events (id) WHERE seq IS NULL;
CREATE INDEX events_by_time ON events (at);
CREATE INDEX events_by_actor ON events (actor_id, at) WHERE actor_id IS NOT NULL;

-- sqlite:
CREATE TRIGGER events_insert BEFORE INSERT ON events
WHEN NEW.seq IS NOT NULL OR NEW.seal IS NOT NULL OR NEW.actor_id IS NOT NULL
    -- INSERT OR REPLACE deletes without asking the trigger below.
    OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are append-only: a new event is not sealed yet'); END;

CREATE TRIGGER events_update BEFORE UPDATE ON events
WHEN OLD.seq IS NOT NULL OR OLD.seal IS NOT NULL OR NEW.seq IS NULL OR NEW.seal IS NULL
    OR EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
    OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind
    OR NEW.subject IS NOT OLD.subject OR NEW.subject_id IS NOT OLD.subject_id
    OR NEW.account_id IS NOT OLD.account_id OR NEW.actor IS NOT OLD.actor OR NEW.origin IS NOT OLD.origin
    OR NEW.data IS NOT OLD.data OR NEW.before IS NOT OLD.before OR NEW.after IS NOT OLD.after
BEGIN SELECT RAISE(ABORT, 'events are append-only: nothing but the seal is added, once'); END;

CREATE TRIGGER events_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- postgres:
CREATE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are append-only: nothing but the seal is added, once'; END
$$;

CREATE TRIGGER events_insert BEFORE INSERT ON events FOR EACH ROW
WHEN (NEW.seq IS NOT NULL OR NEW.seal IS NOT NULL OR NEW.actor_id IS NOT NULL)
EXECUTE FUNCTION events_are_append_only();

CREATE TRIGGER events_update BEFORE UPDATE ON events FOR EACH ROW
WHEN (OLD.seq IS NOT NULL OR OLD.seal IS NOT NULL OR NEW.seq IS NULL OR NEW.seal IS NULL
    OR (NEW.id, NEW.at, NEW.kind, NEW.subject, NEW.subject_id, NEW.account_id, NEW.actor, NEW.origin, NEW.data,
        NEW.before, NEW.after)
    IS DISTINCT FROM
       (OLD.id, OLD.at, OLD.kind, OLD.subject, OLD.subject_id, OLD.account_id, OLD.actor, OLD.origin, OLD.data,
        OLD.before, OLD.after))
EXECUTE FUNCTION events_are_append_only();

CREATE TRIGGER events_delete BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_are_append_only();
CREATE TRIGGER events_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT
EXECUTE FUNCTION events_are_append_only();
