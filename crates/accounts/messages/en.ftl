### Accounts.
