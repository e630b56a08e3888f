//! Makes one request. Every address that a name stands for is looked at, and the one that was looked at is the one
//! that is connected to: a name that changes its mind in between (DNS rebinding) gains nothing.

use std::{
    error::Error,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT},
    redirect::Policy,
};

use crate::rules::{Answer, Failure, Reach, Target, Way, retry_after};

/// As much of an answer as is read and kept.
const EXCERPT: usize = 4096;

/// What is sent.
pub struct Request {
    /// The three headers of Standard Webhooks.
    pub headers: [(&'static str, String); 3],
    /// JSON.
    pub body: String,
    /// The time of the attempt.
    pub at: Timestamp,
}

/// How it ended.
#[derive(Debug)]
pub struct Outcome {
    /// What follows depends on this.
    pub answer: Answer,
    /// What went wrong, where no answer came.
    pub error: Option<String>,
    /// The beginning of the answer's body.
    pub excerpt: Option<String>,
    /// How long it took.
    pub took: Duration,
}

/// Makes requests to endpoints: without redirects, proxies and cookies, within a time limit.
pub struct Client {
    tls: reqwest::Client,
    plain: reqwest::Client,
    reach: Reach,
}

impl Client {
    /// A client that reaches what `reach` admits.
    pub fn new(reach: &Reach, timeout: Duration) -> Result<Self, reqwest::Error> {
        let build = |way: Way| {
            let resolver = Resolver {
                way,
                reach: reach.clone(),
            };
            let builder = match way {
                Way::Tls => reqwest::Client::builder().https_only(true),
                // It never comes to a certificate: no authorities need be read.
                Way::Plain => reqwest::Client::builder().tls_certs_only([]),
            };
            builder
                .dns_resolver(Arc::new(resolver))
                .redirect(Policy::none())
                .no_proxy()
                .referer(false)
                .pool_max_idle_per_host(0)
                .connect_timeout(timeout)
                .timeout(timeout)
                .build()
        };
        Ok(Self {
            tls: build(Way::Tls)?,
            plain: build(Way::Plain)?,
            reach: reach.clone(),
        })
    }

    /// Sends. Whatever goes wrong is an outcome.
    pub async fn send(&self, to: &Target, request: Request) -> Outcome {
        let started = Instant::now();
        let at = request.at;
        // A literal address is connected to without asking a resolver.
        let sent = match to.check(&self.reach) {
            Ok(()) => self.request(to, request).await.map_err(|error| tell(&error)),
            Err(refused) => Err(refused.to_string()),
        };
        let (answer, error, excerpt) = match sent {
            Ok(mut response) => {
                let wait = wait(&response, at);
                let status = response.status().as_u16();
                let body = excerpt(&mut response).await;
                (Answer::Status(status, wait), None, Some(body))
            }
            Err(error) => (Answer::Nothing, Some(error), None),
        };
        Outcome {
            answer,
            error,
            excerpt,
            took: started.elapsed(),
        }
    }

    async fn request(&self, to: &Target, request: Request) -> reqwest::Result<reqwest::Response> {
        let client = match to.way() {
            Way::Tls => &self.tls,
            Way::Plain => &self.plain,
        };
        let mut builder = client
            .post(to.url().clone())
            .header(USER_AGENT, concat!("Portico/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json");
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        builder.body(request.body).send().await
    }
}

fn wait(response: &reqwest::Response, now: Timestamp) -> Option<SignedDuration> {
    retry_after(response.headers().get(RETRY_AFTER)?.to_str().ok()?, now)
}

/// The beginning of the body. The status has decided already: a body that breaks off is kept as far as it came.
async fn excerpt(response: &mut reqwest::Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < EXCERPT {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(EXCERPT);
    printable(&String::from_utf8_lossy(&bytes))
}

/// Without what a database or a page cannot hold.
fn printable(text: &str) -> String {
    let harmless = |c: char| {
        if c.is_control() && c != '\n' && c != '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(harmless).collect()
}

/// An error with what led to it, without the address (which may hold a secret of the receiver's).
fn tell(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return Failure::TimedOut.as_str().to_owned();
    }
    let failure = if error.is_connect() {
        Failure::CannotConnect
    } else {
        Failure::NoAnswer
    };
    let mut text = failure.as_str().to_owned();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !text.contains(&words) {
            text = format!("{text}: {words}");
        }
        cause = inner.source();
    }
    printable(&text.chars().take(300).collect::<String>())
}

/// Asks the system, and refuses a name of which one address is not admitted.
struct Resolver {
    way: Way,
    reach: Reach,
}

/// A name that stands for an address out of reach. It does not say which: that would map the network.
#[derive(Debug, thiserror::Error)]
#[error("the name stands for an address that webhooks may not reach")]
struct NotAdmitted;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (way, reach) = (self.way, self.reach.clone());
        Box::pin(async move {
            let host = name.as_str();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            if found.iter().all(|address| reach.admits(way, host, address.ip())) {
                Ok(Box::new(found.into_iter()) as Addrs)
            } else {
                Err(NotAdmitted.into())
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_into_a_private_network_is_not_connected_to() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let client = Client::new(&Reach::default(), Duration::from_secs(5)).unwrap();
        for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433"] {
            for scheme in ["http", "https"] {
                let target = Target::stored(&format!("{scheme}://{host}:{port}/")).unwrap();
                let request = Request {
                    headers: [
                        ("webhook-id", "1".to_owned()),
                        ("webhook-timestamp", "1".to_owned()),
                        ("webhook-signature", "v1,".to_owned()),
                    ],
                    body: String::new(),
                    at: Timestamp::UNIX_EPOCH,
                };
                let outcome = client.send(&target, request).await;
                assert_eq!(outcome.answer, Answer::Nothing);
                let nobody = listener.accept().unwrap_err();
                assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock, "{target}");
            }
        }
    }

    #[tokio::test]
    async fn the_resolver_itself_refuses_private_addresses() {
        let ask = |reach: Reach| async move {
            let resolver = Resolver { way: Way::Tls, reach };
            resolver
                .resolve("localhost".parse().unwrap())
                .await
                .map(Iterator::count)
        };
        let refused = ask(Reach::default()).await.unwrap_err();
        assert!(refused.to_string().contains("may not reach"), "{refused}");
        assert!(ask(Reach::new(false, &["localhost".to_owned()])).await.unwrap() > 0);
    }
}
