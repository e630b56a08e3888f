//! The OpenID provider: authorization code with PKCE (S256), and nothing else.

pub mod authorize;
pub mod clients;
pub mod discovery;
pub mod keys;
pub mod logout;
pub mod pkce;
pub mod request;
pub mod token;
pub mod userinfo;
