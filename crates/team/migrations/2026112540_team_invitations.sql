-- Times are milliseconds since 1970-01-01 UTC.

-- Invitations to join an account as an IAM user, while they are open: whoever joins becomes a row of `users` with the
-- same id; what was called back is gone. What happened stands in the events. The link itself is in `email_links`.
CREATE TABLE team_invitations (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- In lower case.
    email TEXT NOT NULL,
    user_name TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    -- As in `users`: names with spaces between them (platform::Grant).
    grants TEXT NOT NULL,
    invited_at BIGINT NOT NULL,
    -- When the newest letter was written, and until when its link works.
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_invitations_by_user_name ON team_invitations (account_id, user_name);

-- A user who was removed stays as `users.kind` = 'removed', without password and grants, so that what the person did
-- keeps its name. The user name is free again: its unique index is of those of kind 'iam'.
