//! The file as it is offered to begin with, and as it comes.

use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Language;
use platform::web::{Fault, Shell};

/// A file with the headings, to begin with. The mark at its front tells spreadsheets that it is UTF-8.
pub(in crate::pages) async fn template(shell: Shell) -> Response {
    let l = &shell.l;
    let heading = |key| l.t(key);
    let text = format!(
        "\u{feff}{},{},{}\r\n",
        heading("customers-email"),
        heading("customers-name"),
        heading("customers-role")
    );
    let as_file = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"customers.csv\""),
        ),
    ];
    (as_file, text).into_response()
}

/// What was sent: the file, and the language of the emails.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) file: Vec<u8>,
    /// Whether a file was chosen: one may be empty.
    pub(super) chosen: bool,
    pub(super) language: Option<Language>,
}

pub(super) async fn receive(form: Result<Multipart, MultipartRejection>) -> Result<Sent, Fault> {
    let mut form = form.map_err(|_| Fault::bad_request())?;
    let mut sent = Sent::default();
    let refused = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::too_large(),
        _ => Fault::bad_request(),
    };
    while let Some(field) = form.next_field().await.map_err(refused)? {
        match field.name() {
            Some("file") => {
                sent.chosen = field.file_name().is_some_and(|name| !name.is_empty());
                sent.file = field.bytes().await.map_err(refused)?.to_vec();
            }
            Some("language") => sent.language = field.text().await.map_err(refused)?.parse().ok(),
            _ => {}
        }
    }
    Ok(sent)
}
