//! The reference of the status page: the same kind of server, with a handler that does nothing.

use std::net::SocketAddr;

use axum::{Router, response::Html, routing::get};
use tokio::net::TcpListener;

use crate::Result;

/// Serves a page of `bytes` bytes at every path, by the same server and settings as the product.
pub(crate) async fn serve(bytes: usize, port: u16) -> Result<()> {
    let page: &'static str = Box::leak("x".repeat(bytes).into_boxed_str());
    let router = Router::new().fallback(get(move || async move { Html(page) }));
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}
