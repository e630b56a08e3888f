//! Where emails go: to a mail server, or into a folder.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls as ClientTls, TlsParameters},
    },
};
use serde::Deserialize;

use super::{Rendered, outbox::row};
use crate::site::Site;

/// The `[mail]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The sender, as in `VNG Cloud <portal@example.com>`.
    pub from: Mailbox,
    /// To a mail server…
    pub smtp: Option<SmtpConfig>,
    /// … or into a folder, a file each: for demos and trials. Relative to the data folder.
    pub folder: Option<PathBuf>,
}

/// The `[mail.smtp]` section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// The server's name, which its certificate must carry.
    pub host: String,
    /// Its port; by default 587 with STARTTLS, 465 with TLS, 25 without.
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub tls: Tls,
    /// Who signs in to the server, if it asks.
    pub username: Option<String>,
    /// With which password.
    pub password: Option<Password>,
    /// A PEM file with the authority that signed the server's certificate, where it is not a public one.
    pub authority: Option<PathBuf>,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Starts plain and must turn to TLS before anything is said (RFC 3207).
    #[default]
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// None: for a server on the same machine.
    None,
}

/// A password from the configuration; its `Debug` is a placeholder.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Delivers emails one by one.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder(PathBuf),
}

/// Why delivery cannot be prepared: what is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum MailSetupError {
    /// Neither `[mail.smtp]` nor `folder` is configured.
    #[error("[mail] needs a [mail.smtp] section or folder = \"…\"")]
    NoWay,
    /// Both are.
    #[error("[mail] has a [mail.smtp] section and folder = \"…\": one of them has to go")]
    BothWays,
    /// `username` without `password`: the server would be spoken to without signing in.
    #[error("[mail.smtp] password is missing; with username it is needed")]
    NoPassword,
    /// `password` without `username`.
    #[error("[mail.smtp] username is missing; with password it is needed")]
    NoUsername,
    /// The file that `authority` names cannot be read or holds no certificate.
    #[error("[mail.smtp] authority: no certificate could be read from {}: {error}", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        error: io::Error,
    },
    /// TLS to this host cannot be set up.
    #[error("[mail.smtp] TLS could not be set up: {0}")]
    Tls(#[source] lettre::transport::smtp::Error),
}

/// Why an email could not be made or delivered.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server refused it for good.
    #[error("the mail server refused it: {0}")]
    Refused(lettre::transport::smtp::Error),
    /// The server could not be reached or asked to try later.
    #[error("the mail server could not take it: {0}")]
    Later(lettre::transport::smtp::Error),
    /// The server neither took nor refused it in time.
    #[error("the mail server took too long")]
    TooSlow,
    /// The folder could not be written.
    #[error("the mail folder could not be written: {0}")]
    Folder(#[from] io::Error),
    /// The email could not be composed.
    #[error("the email could not be composed: {0}")]
    Compose(String),
}

impl MailError {
    pub(super) fn compose(error: impl fmt::Display) -> Self {
        Self::Compose(error.to_string())
    }

    /// Whether another attempt is pointless.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Compose(_))
    }
}

impl Mailer {
    /// Prepares delivery; no connection is made yet. A folder is taken relative to `data`.
    pub fn new(config: &MailConfig, data: &Path) -> Result<Self, MailSetupError> {
        let way = match (&config.smtp, &config.folder) {
            (Some(smtp), None) => Way::Smtp(Box::new(smtp_transport(smtp)?)),
            (None, Some(folder)) => Way::Folder(data.join(folder)),
            (None, None) => return Err(MailSetupError::NoWay),
            (Some(_), Some(_)) => return Err(MailSetupError::BothWays),
        };
        Ok(Self {
            from: config.from.clone(),
            way,
        })
    }

    /// The folder, where emails go into one.
    #[must_use]
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.way {
            Way::Folder(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    /// Delivers one email under its stable `Message-ID`.
    pub async fn deliver(&self, site: &Site, email: &row::Model, body: Rendered) -> Result<(), MailError> {
        let to: Mailbox = email.recipient.parse().map_err(MailError::compose)?;
        let created = u64::try_from(email.created_at).unwrap_or_default();
        let message = Message::builder()
            .message_id(Some(super::outbox::message_id(site, email.id.into())))
            .date(std::time::UNIX_EPOCH + Duration::from_millis(created))
            .from(self.from.clone())
            .to(to)
            .subject(email.subject.clone())
            // RFC 3834: no out-of-office replies to a portal.
            .raw_header(lettre::message::header::HeaderValue::new(
                lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(MultiPart::alternative_plain_html(body.text, body.html))
            .map_err(MailError::compose)?;
        match &self.way {
            Way::Folder(folder) => {
                let (folder, id) = (folder.clone(), email.id);
                tokio::task::spawn_blocking(move || put_into(&folder, id, &message.formatted()))
                    .await
                    .unwrap_or_else(|stopped| Err(std::io::Error::other(stopped)))?;
                Ok(())
            }
            Way::Smtp(smtp) => smtp.send(message).await.map(|_| ()).map_err(|error| {
                if error.is_permanent() && !is_about_us(&error) {
                    MailError::Refused(error)
                } else {
                    MailError::Later(error)
                }
            }),
        }
    }
}

/// Whether a server refused the portal rather than the email: 53x answers to signing in (RFC 4954, 6). A password that was
/// changed is put right, and no email is lost by it.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error
        .status()
        .is_some_and(|code| code.category == lettre::transport::smtp::response::Category::Unspecified3)
}

/// Written under another name first, so that no reader sees half an email.
fn put_into(folder: &Path, id: uuid::Uuid, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let partial = folder.join(format!(".{id}.partial"));
    std::fs::write(&partial, bytes)?;
    std::fs::rename(&partial, folder.join(format!("{id}.eml")))
}

fn smtp_transport(config: &SmtpConfig) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailSetupError> {
    let credentials = credentials(config)?;
    let parameters = || {
        let mut builder = TlsParameters::builder(config.host.clone());
        if let Some(path) = &config.authority {
            builder = builder.add_root_certificate(certificate(path)?);
        }
        builder.build().map_err(MailSetupError::Tls)
    };
    let (tls, port) = match config.tls {
        Tls::StartTls => (ClientTls::Required(parameters()?), 587),
        Tls::Tls => (ClientTls::Wrapper(parameters()?), 465),
        Tls::None => (ClientTls::None, 25),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
        .port(config.port.unwrap_or(port))
        .tls(tls)
        .timeout(Some(Duration::from_secs(30)));
    if let Some(credentials) = credentials {
        builder = builder.credentials(credentials);
    }
    Ok(builder.build())
}

/// Who signs in. Half of it is a mistake: mail would go out without signing in, and nobody would hear of it.
fn credentials(config: &SmtpConfig) -> Result<Option<Credentials>, MailSetupError> {
    match (&config.username, &config.password) {
        (Some(user), Some(password)) => Ok(Some(Credentials::new(user.clone(), password.0.clone()))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(MailSetupError::NoPassword),
        (None, Some(_)) => Err(MailSetupError::NoUsername),
    }
}

fn certificate(path: &Path) -> Result<Certificate, MailSetupError> {
    let read = || {
        let pem = std::fs::read(path)?;
        Certificate::from_pem(&pem).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    };
    read().map_err(|error| MailSetupError::Certificate {
        path: path.to_owned(),
        error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `[mail]`, with a sender put in front of it, is refused for.
    fn refused(section: &str) -> String {
        let config: MailConfig = toml::from_str(&format!("from = \"portal@example.com\"\n{section}"))
            .expect("a section that can be read");
        match Mailer::new(&config, Path::new("/nowhere")) {
            Ok(_) => panic!("{section} is taken"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn mail_has_one_way_out() {
        assert_eq!(
            refused(""),
            "[mail] needs a [mail.smtp] section or folder = \"…\""
        );
        assert!(refused("folder = \"mail\"\nsmtp.host = \"mx\"").contains("one of them has to go"));
    }

    #[test]
    fn half_of_the_credentials_is_refused_and_the_other_half_named() {
        let with = |setting: &str| {
            refused(&format!(
                "[smtp]\nhost = \"mx\"\ntls = \"none\"\n{setting} = \"portal\""
            ))
        };
        assert_eq!(
            with("username"),
            "[mail.smtp] password is missing; with username it is needed"
        );
        assert_eq!(
            with("password"),
            "[mail.smtp] username is missing; with password it is needed"
        );
    }

    #[test]
    fn a_certificate_that_cannot_be_read_is_named_with_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (absent, cut) = (folder.path().join("absent.pem"), folder.path().join("cut.pem"));
        std::fs::write(&cut, "-----BEGIN CERTIFICATE-----\nMIIB\n").expect("a file");
        for path in [absent, cut] {
            let message = refused(&format!("[smtp]\nhost = \"mx\"\nauthority = {path:?}"));
            assert!(message.starts_with("[mail.smtp] authority: "), "{message}");
            assert!(message.contains(&*path.to_string_lossy()), "{message}");
        }
    }
}
