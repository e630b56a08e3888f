-- Times are milliseconds since 1970-01-01 UTC.

-- Since when somebody is no longer of the staff. The row stays: what the person decided keeps its name.
ALTER TABLE staff ADD COLUMN removed_at BIGINT;
