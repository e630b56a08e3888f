//! A receiver of webhooks: a socket that keeps what it is sent and answers as the test says.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Received {
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Received {
    /// The value of a header.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Whether another implementation finds one of the signatures to be made with `secret`. (Its `verify` asks the
    /// system's clock, and the test's stands elsewhere.)
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let webhook = standardwebhooks::Webhook::new(secret).expect("a secret");
        let timestamp = self.header("webhook-timestamp").parse().expect("seconds");
        let expected = webhook.sign(self.id(), timestamp, self.body.as_bytes()).unwrap();
        self.header("webhook-signature")
            .split(' ')
            .any(|signature| signature == expected)
    }
}

/// What it answers.
#[derive(Clone)]
pub enum Reply {
    /// These bytes, then it closes the connection.
    Raw(String),
    /// Nothing until the gate opens, then this status.
    Wait(Arc<Semaphore>, u16),
    /// A head and part of a body, then nothing more; the connection stays open.
    Stall(String),
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self::with(status, "", "")
    }

    pub fn with(status: u16, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Raw(format!(
            "HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        ))
    }
}

/// Listens until it is dropped.
pub struct Receiver {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Receiver {
    /// Answers each request as `reply` says, which is told the number of the request, from 0.
    pub async fn start(reply: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = received.clone();
        let reply = Arc::new(reply);
        let task = tokio::spawn(async move {
            // Connections end with the receiver.
            let mut open = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                open.spawn(serve(stream, kept.clone(), reply.clone()));
            }
        });
        Self { url, received, task }
    }

    pub async fn answering(status: u16) -> Self {
        Self::start(move |_| Reply::status(status)).await
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    kept: Arc<Mutex<Vec<Received>>>,
    reply: Arc<impl Fn(usize) -> Reply + Send + Sync>,
) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let number = {
        let mut kept = kept.lock().unwrap();
        kept.push(request);
        kept.len() - 1
    };
    // The client may have gone: that is its right.
    match reply(number) {
        Reply::Raw(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
        }
        Reply::Wait(gate, status) => {
            gate.acquire().await.unwrap().forget();
            let text = format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\n\r\n");
            let _ = stream.write_all(text.as_bytes()).await;
        }
        Reply::Stall(text) => {
            let _ = stream.write_all(text.as_bytes()).await;
            std::future::pending::<()>().await;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let headers: Vec<(String, String)> = head
                .lines()
                .skip(1)
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect();
            let length = headers.iter().find(|(name, _)| name == "content-length");
            let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
            if bytes.len() >= end + 4 + length {
                let body = String::from_utf8_lossy(&bytes[end + 4..end + 4 + length]).into_owned();
                return Some(Received { headers, body });
            }
        }
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..count]);
    }
}
