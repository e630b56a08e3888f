-- Accounts with the same tax code, branches included: a branch's first ten characters are its company's code.
CREATE INDEX accounts_by_organisation ON accounts (substr(tax_code, 1, 10));

-- What is tidied away once it is too old.
CREATE INDEX email_links_by_age ON email_links (expires_at);
CREATE INDEX sign_up_requests_by_age ON sign_up_requests (at);
