//! Raw HTTP, for requests that client libraries do not send.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// Longest time that a test waits for the other side.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A connection.
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

/// A response; the names of its headers are in lower case.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Response {
    /// Returns a header, or the empty text if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Wire {
    /// Connects to a URL such as `http://127.0.0.1:8080`.
    pub async fn open(base: &str) -> Self {
        Self::open_from([127, 0, 0, 1].into(), base).await
    }

    /// Connects from this loopback address.
    pub async fn open_from(source: IpAddr, base: &str) -> Self {
        let to: SocketAddr = base.trim_start_matches("http://").parse().unwrap();
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(source, 0)).unwrap();
        Self { stream: socket.connect(to).await.unwrap(), read: Vec::new() }
    }

    pub fn local_addr(&self) -> SocketAddr {
        self.stream.local_addr().unwrap()
    }

    /// Sends bytes. Returns whether the other side accepted them.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        tokio::time::timeout(TIMEOUT, self.stream.write_all(bytes.as_ref()))
            .await
            .is_ok_and(|sent| sent.is_ok())
    }

    /// Sends up to `count` chunks of `size` bytes, until the other side stops accepting. Returns
    /// the number of accepted bytes.
    pub async fn send_chunks(&mut self, count: usize, size: usize) -> usize {
        let mut chunk = format!("{size:x}\r\n").into_bytes();
        chunk.resize(chunk.len() + size, b'a');
        chunk.extend_from_slice(b"\r\n");
        for sent in 0..count {
            if !self.send(&chunk).await {
                return sent * size;
            }
        }
        count * size
    }

    /// Reads the next response. Returns `None` if the connection ends before it is complete.
    pub async fn read_response(&mut self) -> Option<Response> {
        self.next(false).await
    }

    /// Reads the next response to a HEAD request.
    pub async fn read_head_response(&mut self) -> Option<Response> {
        self.next(true).await
    }

    async fn next(&mut self, is_head: bool) -> Option<Response> {
        let end = loop {
            if let Some(end) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            if self.read_more().await == 0 {
                return None;
            }
        };
        let rest = self.read.split_off(end + 4);
        let head = String::from_utf8(std::mem::replace(&mut self.read, rest)).unwrap();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
        let headers: HashMap<_, _> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let length = if is_head { 0 } else { length };
        while self.read.len() < length {
            if self.read_more().await == 0 {
                return None;
            }
        }
        let rest = self.read.split_off(length);
        let body = std::mem::replace(&mut self.read, rest);
        Some(Response { status, headers, body })
    }

    /// Waits until the other side closes the connection. Discards the bytes before.
    pub async fn wait_until_closed(&mut self) {
        while self.read_more().await > 0 {}
    }

    /// Returns whether the other side has closed the connection.
    pub fn is_closed(&mut self) -> bool {
        let mut byte = [0];
        match self.stream.try_read(&mut byte) {
            Ok(0) => true,
            Ok(_) => false,
            Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }

    async fn read_more(&mut self) -> usize {
        let read = tokio::time::timeout(TIMEOUT, self.stream.read_buf(&mut self.read)).await;
        read.expect("the other side neither sends nor ends").unwrap_or(0)
    }
}
