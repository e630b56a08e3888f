### Tài khoản.
