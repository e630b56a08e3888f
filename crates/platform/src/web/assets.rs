//! Style sheets, the script and the marks: inside the binary, kept by browsers for ever under addresses that
//! change with their content.

use std::sync::LazyLock;

use aws_lc_rs::digest;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Fault;
use crate::app::App;

const FILES: [(&str, &str, &[u8]); 4] = [
    (
        "portico.css",
        "text/css",
        include_bytes!("../../assets/portico.css"),
    ),
    (
        "portico.js",
        "text/javascript",
        include_bytes!("../../assets/portico.js"),
    ),
    (
        "favicon.svg",
        "image/svg+xml",
        include_bytes!("../../assets/favicon.svg"),
    ),
    (
        "logo.svg",
        "image/svg+xml",
        include_bytes!("../../assets/logo.svg"),
    ),
];

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = digest::Context::new(&digest::SHA256);
    for (_, _, bytes) in FILES {
        all.update(bytes);
    }
    URL_SAFE_NO_PAD.encode(&all.finish().as_ref()[..9])
});

/// The address of an asset.
#[must_use]
pub fn address(name: &str) -> String {
    // The brand comes from the configuration: it may change without the binary, so it is asked for anew.
    match name {
        "brand.css" | "logo" => format!("/assets/{name}"),
        _ => format!("/assets/{name}?v={}", *VERSION),
    }
}

pub(crate) async fn serve(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Fault> {
    match name.as_str() {
        "brand.css" => Ok(brand(&app)),
        "logo" => logo(&app).await,
        _ => {
            let (_, kind, bytes) = FILES
                .iter()
                .find(|(file, ..)| *file == name)
                .ok_or_else(Fault::not_found)?;
            Ok(file(kind, "public, max-age=31536000, immutable", *bytes))
        }
    }
}

fn file(kind: &'static str, keep: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

fn brand(app: &App) -> Response {
    let colour = &app.site().colour;
    let css = format!(
        ":root {{ --brand: {}; --on-brand: {}; }}\n",
        colour.as_css(),
        colour.text_on()
    );
    file("text/css", "public, max-age=300", css)
}

async fn logo(app: &App) -> Result<Response, Fault> {
    let Some(path) = &app.site().logo else {
        return Ok(file("image/svg+xml", "public, max-age=300", FILES[3].2));
    };
    let bytes = tokio::fs::read(path)
        .await
        .map_err(|error| Fault::internal(format!("{}: {error}", path.display())))?;
    let kind = if path.extension().is_some_and(|extension| extension == "png") {
        "image/png"
    } else {
        "image/svg+xml"
    };
    Ok(file(kind, "public, max-age=300", bytes))
}
