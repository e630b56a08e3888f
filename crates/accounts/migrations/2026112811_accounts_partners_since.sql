-- Who became a partner lately: accounts of the provider's list that wait for it become its customers.
CREATE INDEX accounts_partners_since ON accounts (partner_since) WHERE partner_since IS NOT NULL;
