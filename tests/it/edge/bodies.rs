//! Hostile request bodies: compressed, endless and too large ones.

use crate::support::TestApp;
use crate::support::program::Installation;
use crate::support::routes::{self, Fixture};
use crate::support::sockets::peak_memory;
use crate::support::wire::{Response, Wire};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

/// Unpacked size of a bomb, in bytes.
const SIZE: usize = 512 << 20;
/// Length of a body that practically never ends, in bytes. After its response, the program reads on
/// for a second, so that the response arrives.
const ENDLESS: usize = 16 << 30;
/// Maximum memory that the program may use for a test's requests, in bytes.
const MEMORY: u64 = 64 << 20;
/// Paths of the API, of files and of the panel, and a path without a route.
const PATHS: [&str; 6] =
    ["/api", "/api.php", "/api/Customers.get", "/static/nothing.css", "/nowhere", "/login"];

fn request(path: &str, coding: &str, body: &[u8]) -> Vec<u8> {
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-encoding: {coding}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    request
}

fn assert_refused(path: &str, response: &Response) {
    assert_eq!(response.status, 415, "{path}: {}", response.text());
    assert_eq!(response.header("accept-encoding"), "identity", "{path}");
    if path.starts_with("/api") {
        let body: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(body["error"], "content-encoding-unsupported", "{path}");
    } else {
        assert!(response.header("content-type").starts_with("text/html"), "{path}");
        assert!(response.text().contains("Compressed requests not supported"), "{path}");
    }
    assert!(response.header("content-security-policy").contains("default-src 'none'"), "{path}");
}

#[tokio::test]
async fn compressed_requests_are_refused_on_every_route() {
    let app = TestApp::spawn().await;
    let fixture = Fixture::make(&app).await;
    let posts = routes::forms().into_iter().map(|route| fixture.path(&route.path));
    for path in posts.chain(PATHS.map(ToOwned::to_owned)) {
        for coding in ["br", "identity, gzip"] {
            let mut wire = Wire::open(&app.url("")).await;
            wire.send(request(&path, coding, b"abc")).await;
            assert_refused(&path, &wire.read_response().await.expect("a response"));
        }
    }
    let mut wire = Wire::open(&app.url("")).await;
    wire.send(request("/login", "identity", b"csrf_token=x")).await;
    assert_eq!(wire.read_response().await.unwrap().status, 403, "uncompressed bodies are read");
}

/// Returns a body of `SIZE` zeros in every coding that a program might decompress.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![0; 1 << 20];
    let fill = |writer: &mut dyn std::io::Write| {
        (0..SIZE >> 20).for_each(|_| writer.write_all(&zeros).unwrap());
    };
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 2, 22);
    fill(&mut gzip);
    fill(&mut zlib);
    fill(&mut deflate);
    fill(&mut brotli);
    // A frame without a checksum, whose blocks repeat one byte.
    let mut zstd = b"\x28\xb5\x2f\xfd\x00\x58".to_vec();
    let block = (128_u32 << 10 << 3) | (1 << 1);
    (0..SIZE >> 17).for_each(|_| {
        zstd.extend_from_slice(&[
            block.to_le_bytes()[0],
            block.to_le_bytes()[1],
            block.to_le_bytes()[2],
            0,
        ]);
    });
    vec![
        ("gzip", gzip.finish().unwrap()),
        ("deflate", zlib.finish().unwrap()),
        ("deflate", deflate.finish().unwrap()),
        ("br", brotli.into_inner()),
        ("zstd", zstd),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bombs_use_little_memory() {
    let installation = Installation::new();
    let program = installation.serve().await;
    let bombs = bombs();
    let before = peak_memory(&program.id());
    let mut attacks = tokio::task::JoinSet::new();
    for path in PATHS {
        for (coding, body) in bombs.clone() {
            let base = program.base.clone();
            attacks.spawn(async move {
                let mut wire = Wire::open(&base).await;
                wire.send(request(path, coding, &body)).await;
                // The program responds before the whole body was sent. The client may miss the
                // response if it is still sending when the connection closes.
                if let Some(response) = wire.read_response().await {
                    assert_refused(path, &response);
                }
            });
        }
    }
    while let Some(attack) = attacks.join_next().await {
        attack.unwrap();
    }
    let grown = peak_memory(&program.id()) - before;
    assert!(grown < MEMORY, "{grown} bytes");
    assert_eq!(program.browser().open("/readyz").await.text, "ready");
}

/// Each request ends with a response or a closed connection, long before the client would have sent
/// everything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn endless_bodies_are_cut_off() {
    let installation = Installation::new();
    let program = installation.serve().await;
    let before = peak_memory(&program.id());
    let mut attacks = tokio::task::JoinSet::new();
    for path in PATHS.into_iter().chain(["/customers/import", "/healthz"]) {
        for content_type in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        {
            let base = program.base.clone();
            attacks.spawn(async move {
                let mut wire = Wire::open(&base).await;
                let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n");
                assert!(wire.send(head).await);
                let sent = wire.send_chunks(ENDLESS >> 16, 1 << 16).await;
                assert!(sent < ENDLESS, "{path} took {sent} bytes as {content_type}");
                wire.wait_until_closed().await;
            });
        }
    }
    while let Some(attack) = attacks.join_next().await {
        attack.unwrap();
    }
    let grown = peak_memory(&program.id()) - before;
    assert!(grown < MEMORY, "{grown} bytes");
    assert_eq!(program.browser().open("/readyz").await.text, "ready");
}

#[tokio::test]
async fn a_body_that_is_too_large_gets_413() {
    let app = TestApp::spawn().await;
    let client = app.browser();
    let response = client.post_raw("/login", "a".repeat(600 << 10)).await;
    assert_eq!((response.status, response.h1().as_str()), (413, "Request too large"));
    let api = app.api("admin").await;
    let reply = api.send(api.post("/api").body("a".repeat(300 << 10))).await;
    assert_eq!(reply.refusal(), "413 body-too-large");
}
