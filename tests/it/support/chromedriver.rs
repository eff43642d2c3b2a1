//! The `WebDriver` server between a test and its browser.

use super::chrome::PATIENCE;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

/// Starts a chromedriver on a port that it selects. It looks for a free IPv4 port and uses the same
/// IPv6 port, which may be in use. Then it ends, and another one is started.
pub fn driver() -> (Child, u16) {
    let mut said = String::new();
    for _ in 0..5 {
        match start_driver() {
            Ok(driver) => return driver,
            Err(why) => said = why,
        }
        if !said.contains("port not available") {
            break;
        }
    }
    panic!("chromedriver printed no port: {said}");
}

/// Starts a chromedriver. Returns its output as the error if it does not print a port.
fn start_driver() -> Result<(Child, u16), String> {
    let started = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut driver = started
        .unwrap_or_else(|error| panic!("chromedriver cannot be started (Debian: apt-get install chromium chromium-driver): {error}"));
    let (tell, told) = mpsc::channel();
    let output = driver.stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // The receiver is gone once the port is known.
            tell.send(line).ok();
        }
    });
    let mut said = Vec::new();
    loop {
        let Ok(line) = told.recv_timeout(PATIENCE) else {
            drop(driver.kill());
            return Err(format!("{} {:?}", said.join("\n"), driver.wait()));
        };
        if let Some(port) = line
            .split("successfully on port ")
            .nth(1)
            .and_then(|rest| rest.trim_end_matches('.').parse().ok())
        {
            return Ok((driver, port));
        }
        said.push(line);
    }
}

/// Connects to a driver. It listens before it prints its port, so one attempt is enough.
pub async fn connect(url: &str, wanted: Map<String, Value>) -> Result<Client, String> {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wanted);
    builder.connect(url).await.map_err(|error| error.to_string())
}
