//! The client's address behind proxies: real `HAProxy` and nginx, and headers that no proxy would
//! send.

use crate::support::http::http;
use crate::support::process::Process;
use crate::support::program::{Installation, Program};
use crate::support::server::free_port;
use crate::support::wait::until_true;
use crate::support::{Client, TestApp};
use clientele::domain::api_key::{AllowedFrom, ApiKeySettings};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Address of the client; the proxies have 127.0.0.1.
const CLIENT: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// Address that the client claims.
const CLAIMED: &str = "203.0.113.9";
const CALL: &str = "{\"command\":\"Customers.listingCount\"}";

/// The program behind a proxy, with one key for the client's address and one for the claimed
/// address.
struct Site {
    program: Program,
    proxy: Process,
    installation: Installation,
    port: u16,
    keys: [String; 2],
}

fn folder(installation: &Installation) -> PathBuf {
    let folder = installation.path().join("proxy");
    std::fs::create_dir(&folder).unwrap();
    folder
}

fn haproxy(folder: &Path, port: u16, program: &str, option: &str) -> Command {
    let config = format!(
        "global\n  maxconn 64\ndefaults\n  mode http\n  timeout connect 5s\n  timeout client 10s\n  timeout server 10s\n\
         frontend all\n  bind 127.0.0.1:{port}\n  {option}\n  default_backend panel\nbackend panel\n  server one {program}\n"
    );
    let file = folder.join("haproxy.cfg");
    std::fs::write(&file, config).unwrap();
    let known = ["/usr/sbin/haproxy", "/usr/local/sbin/haproxy"]
        .into_iter()
        .find(|path| Path::new(path).exists());
    let mut command = Command::new(known.unwrap_or("haproxy"));
    command.arg("-db").arg("-f").arg(file);
    command
}

fn nginx(folder: &Path, port: u16, program: &str, option: &str) -> Command {
    let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {}/{name};", folder.display()));
    let config = format!(
        "daemon off;\n{user}\nworker_processes 1;\npid {0}/pid;\nerror_log stderr warn;\nevents {{ worker_connections 64; }}\n\
         http {{ access_log off;\n{1}\nserver {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{program}; {option} }} }} }}\n",
        folder.display(),
        paths.join("\n")
    );
    let file = folder.join("nginx.conf");
    std::fs::write(&file, config).unwrap();
    let known = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"]
        .into_iter()
        .find(|path| Path::new(path).exists());
    let mut command = Command::new(known.unwrap_or("nginx"));
    command.arg("-p").arg(folder).arg("-c").arg(file);
    command
}

impl Site {
    async fn behind(make: fn(&Path, u16, &str, &str) -> Command, option: &str) -> Self {
        let installation = Installation::new().with("CLIENTELE_TRUSTED_PROXIES", "127.0.0.1");
        let program = installation.serve().await;
        let key = |from: &str| {
            let created =
                installation.run(&["api-key", "create", "--for", "admin", "--allow-from", from]);
            String::from_utf8(created.stdout).unwrap().trim().to_owned()
        };
        let keys = [key(&CLIENT.to_string()), key(CLAIMED)];
        let port = free_port();
        let address = program.base.trim_start_matches("http://").to_owned();
        let proxy = Process::start(
            make(&folder(&installation), port, &address, option).stdin(Stdio::null()),
        );
        let client = Client::at(&format!("http://127.0.0.1:{port}"));
        let is_ready =
            async || client.try_get("/healthz").await.is_some_and(|page| page.status == 200);
        until_true(&format!("the proxy: {}", proxy.output()), Duration::from_secs(20), is_ready)
            .await;
        Self { program, proxy, installation, port, keys }
    }

    /// Returns the statuses of calls with both keys, with these headers: for the client's own
    /// address, and for the claimed one.
    async fn statuses(&self, headers: &[(&str, &[u8])]) -> [u16; 2] {
        let http =
            http().local_address(IpAddr::V4(CLIENT)).pool_max_idle_per_host(0).build().unwrap();
        let mut statuses = [0; 2];
        for (status, key) in statuses.iter_mut().zip(&self.keys) {
            let (key, secret) = key.split_once(':').unwrap();
            let request = http
                .post(format!("http://127.0.0.1:{}/api", self.port))
                .basic_auth(key, Some(secret))
                .body(CALL);
            let request = headers
                .iter()
                .fold(request, |request, (name, value)| request.header(*name, *value));
            *status = request.send().await.unwrap().status().as_u16();
        }
        statuses
    }

    /// Asserts that the program uses the client's own address, whatever the client sends in this
    /// header.
    async fn assert_claims_are_ignored(&self, header: &str) {
        let values: [&[u8]; 10] = [
            CLAIMED.as_bytes(),
            b"203.0.113.9, 127.0.0.1",
            b"nonsense",
            b"for=203.0.113.9",
            b"\"203.0.113.9",
            b"",
            b"203.0.113.9:80, ",
            b"\xff",
            b"203.0.113.9, \xff",
            b"\xff, 203.0.113.9",
        ];
        for value in values {
            let shown = value.escape_ascii();
            assert_eq!(
                self.statuses(&[(header, value)]).await,
                [200, 403],
                "{header}: {shown}: {}",
                self.proxy.output()
            );
        }
        let twice: [(&str, &[u8]); 2] = [(header, CLAIMED.as_bytes()), (header, b"127.0.0.1")];
        assert_eq!(self.statuses(&twice).await, [200, 403], "two lines of {header}");
        assert_eq!(self.statuses(&[]).await, [200, 403]);
    }
}

/// `HAProxy` adds its own line below the one that the client sent.
#[tokio::test]
#[ignore = "needs haproxy"]
async fn behind_haproxy_a_client_cannot_choose_an_address() {
    let site = Site::behind(haproxy, "option forwardfor").await;
    site.assert_claims_are_ignored("X-Forwarded-For").await;
    // HAProxy forwards headers that it does not write itself. If both headers are present, they
    // must agree.
    assert_eq!(site.statuses(&[("Forwarded", b"for=203.0.113.9")]).await, [403, 403]);
    assert_eq!(site.statuses(&[("Forwarded", b"for=127.0.0.2")]).await, [200, 403]);
    let has_note = async || {
        String::from_utf8(site.installation.run(&["doctor"]).stdout)
            .unwrap()
            .contains("CLIENTELE_FORWARDED_HEADER")
    };
    until_true("the note", Duration::from_secs(10), has_note).await;
    drop(site.program);
}

#[tokio::test]
#[ignore = "needs haproxy"]
async fn behind_haproxy_with_forwarded_a_client_cannot_choose_an_address() {
    let site = Site::behind(haproxy, "http-request add-header Forwarded for=%[src]").await;
    site.assert_claims_are_ignored("Forwarded").await;
    assert_eq!(site.statuses(&[("X-Forwarded-For", CLAIMED.as_bytes())]).await, [403, 403]);
}

#[tokio::test]
#[ignore = "needs nginx-light"]
async fn behind_nginx_a_client_cannot_choose_an_address() {
    let site =
        Site::behind(nginx, "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;").await;
    site.assert_claims_are_ignored("X-Forwarded-For").await;
}

#[tokio::test]
async fn only_the_configured_header_counts() {
    let app = TestApp::behind("127.0.0.1", "forwarded").await;
    let settings = ApiKeySettings {
        allowed_from: AllowedFrom::parse(CLAIMED).unwrap(),
        ..ApiKeySettings::default()
    };
    let api = app.api_with("admin", settings).await;
    let status = async |headers: &[(&str, &str)]| {
        let request = headers.iter().fold(api.post("/api").body(CALL), |request, (name, value)| {
            request.header(*name, *value)
        });
        api.send(request).await.status
    };
    assert_eq!(
        status(&[("forwarded", "for=203.0.113.9"), ("x-forwarded-for", "192.0.2.1")]).await,
        200
    );
    assert_eq!(status(&[("forwarded", "for=192.0.2.1"), ("x-forwarded-for", CLAIMED)]).await, 403);
    assert_eq!(status(&[("x-forwarded-for", CLAIMED)]).await, 403);
    assert_eq!(status(&[("forwarded", "for=\"203.0.113.9:4711\";proto=https")]).await, 200);
}

/// A client with a loopback address may read `/metrics`. Behind a proxy, the address that the proxy
/// names decides.
#[tokio::test]
async fn metrics_throttles_and_the_audit_log_use_the_same_address() {
    let app = TestApp::behind_proxy("127.0.0.1").await;
    let client = app.browser();
    let metrics = async |first: &str, second: &str| {
        let request = client
            .request("GET", "/metrics")
            .header("x-forwarded-for", first)
            .header("x-forwarded-for", second);
        client.send(request).await.status
    };
    assert_eq!(metrics("127.0.0.9", "198.51.100.7").await, 404, "the second line is the proxy's");
    assert_eq!(metrics("198.51.100.7", "127.0.0.9").await, 200);
    app.set("api.rate_per_address", "2").await;
    let api = app.api("admin").await;
    for claimed in ["192.0.2.1", "192.0.2.2"] {
        let request = api
            .post("/api")
            .header("x-forwarded-for", claimed)
            .header("x-forwarded-for", "198.51.100.7");
        assert_eq!(api.send(request.body(CALL)).await.status, 200);
    }
    let request = api
        .post("/api")
        .header("x-forwarded-for", "192.0.2.3")
        .header("x-forwarded-for", "198.51.100.7");
    assert_eq!(api.send(request.body(CALL)).await.status, 429, "one address, whatever it claims");
    let form = client
        .form("/login", "/login")
        .await
        .with("loginname", "admin")
        .with("password", crate::support::make::PASSWORD);
    let request = client
        .request("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.body());
    let request =
        request.header("x-forwarded-for", "192.0.2.1").header("x-forwarded-for", "198.51.100.7");
    assert_eq!(client.send(request).await.status, 303);
    assert_eq!(
        app.texts("SELECT address FROM audit_entries WHERE action = 'account.signed_in'").await,
        ["198.51.100.7"]
    );
}

/// If the headers contradict each other, the client is unknown. Its requests are counted and logged
/// by the proxy's address.
#[tokio::test]
async fn contradicting_headers_count_for_the_proxys_address_and_admit_no_key() {
    let app = TestApp::behind_proxy("127.0.0.1").await;
    let conflicting = |request: reqwest::RequestBuilder| {
        request.header("x-forwarded-for", "127.0.0.1").header("forwarded", "for=192.0.2.1")
    };
    let settings = ApiKeySettings {
        allowed_from: AllowedFrom::parse("127.0.0.1").unwrap(),
        ..ApiKeySettings::default()
    };
    let api = app.api_with("admin", settings).await;
    assert_eq!(api.send(api.post("/api").body(CALL)).await.status, 200);
    assert_eq!(
        api.send(conflicting(api.post("/api").body(CALL))).await.status,
        403,
        "the proxy's address is not the client's"
    );
    let client = app.browser();
    assert_eq!(client.send(conflicting(client.request("GET", "/metrics"))).await.status, 404);
    let form = client
        .form("/login", "/login")
        .await
        .with("loginname", "admin")
        .with("password", "Wrong-password-1");
    for _ in 0..10 {
        let request = client
            .request("POST", "/login")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.body());
        assert_eq!(client.send(conflicting(request)).await.status, 422);
    }
    let addresses =
        app.texts("SELECT DISTINCT address FROM audit_entries WHERE action LIKE 'account.%'").await;
    assert_eq!(addresses, ["127.0.0.1"]);
    assert_eq!(
        client.sign_in("admin", crate::support::make::PASSWORD).await.status,
        422,
        "the proxy's address is locked"
    );
}

#[tokio::test]
async fn doctor_warns_of_headers_from_an_untrusted_proxy() {
    let installation = Installation::new();
    let program = installation.serve().await;
    let doctor = || {
        let output = installation.run(&["doctor"]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (before, output) = doctor();
    assert!(!output.contains("CLIENTELE_TRUSTED_PROXIES"), "{output}");
    let client = program.browser();
    for _ in 0..3 {
        client
            .send(client.request("GET", "/metrics").header("x-forwarded-for", "198.51.100.7"))
            .await;
    }
    let has_warning = async || doctor().1.contains("add it to CLIENTELE_TRUSTED_PROXIES");
    until_true("the warning", Duration::from_secs(10), has_warning).await;
    assert_eq!(doctor().0, before, "a warning does not change the exit code");
    let output = program.wait_for_output("no trusted proxy").await;
    assert_eq!(output.matches("no trusted proxy").count(), 1, "{output}");
    assert!(output.contains("peer=127.0.0.1"), "{output}");
}
