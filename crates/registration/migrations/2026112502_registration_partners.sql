-- An account is a partner from the moment its registration is approved. A trigger and not a statement of ours: a version
-- before this one approves, too, while both run.
UPDATE accounts SET partner_since = (
    SELECT settled_at FROM registrations WHERE account_id = accounts.id AND state = 'approved'
) WHERE managed_by IS NULL AND id IN (SELECT account_id FROM registrations WHERE state = 'approved');

-- sqlite:
CREATE TRIGGER registrations_approved_at_once AFTER INSERT ON registrations WHEN NEW.state = 'approved' BEGIN
    UPDATE accounts SET partner_since = NEW.settled_at WHERE id = NEW.account_id;
END;
CREATE TRIGGER registrations_approved AFTER UPDATE OF state ON registrations WHEN NEW.state = 'approved' BEGIN
    UPDATE accounts SET partner_since = NEW.settled_at WHERE id = NEW.account_id;
END;
-- postgres:
CREATE FUNCTION registrations_make_partner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE accounts SET partner_since = NEW.settled_at WHERE id = NEW.account_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER registrations_approved AFTER INSERT OR UPDATE OF state ON registrations
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION registrations_make_partner();
-- both:
