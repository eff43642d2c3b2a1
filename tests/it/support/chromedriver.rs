//! The `WebDriver` server between a test and its browser.

use super::chrome::TIMEOUT;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

/// Starts a chromedriver on a port that it selects. A chromedriver looks for a free IPv4 port and
/// also listens on the IPv6 port of the same number. If that one is in use, it ends, and another
/// chromedriver is started.
pub fn start_driver() -> (Child, u16) {
    let mut output = String::new();
    for _ in 0..5 {
        match try_start() {
            Ok(driver) => return driver,
            Err(printed) => output = printed,
        }
        if !output.contains("port not available") {
            break;
        }
    }
    panic!("chromedriver printed no port: {output}");
}

/// Starts a chromedriver. Returns its output as the error if it does not print a port.
fn try_start() -> Result<(Child, u16), String> {
    let started = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut driver = started
        .unwrap_or_else(|error| panic!("chromedriver cannot be started (Debian: apt-get install chromium chromium-driver): {error}"));
    let (sender, receiver) = mpsc::channel();
    let output = driver.stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // The receiver is gone once the port is known.
            sender.send(line).ok();
        }
    });
    let mut printed = Vec::new();
    loop {
        let Ok(line) = receiver.recv_timeout(TIMEOUT) else {
            drop(driver.kill());
            return Err(format!("{} {:?}", printed.join("\n"), driver.wait()));
        };
        if let Some(port) = line
            .split("successfully on port ")
            .nth(1)
            .and_then(|rest| rest.trim_end_matches('.').parse().ok())
        {
            return Ok((driver, port));
        }
        printed.push(line);
    }
}

/// Connects to a driver. It listens before it prints its port, so one attempt is enough.
pub async fn connect(url: &str, capabilities: Map<String, Value>) -> Result<Client, String> {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    builder.connect(url).await.map_err(|error| error.to_string())
}
