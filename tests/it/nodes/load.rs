//! Load: tasks that use the panel continuously, like people.

use crate::support::wait::until_true;
use crate::support::{Client, Page};
use reqwest::RequestBuilder;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Number of tasks. Each sends one request at a time.
pub const TASKS: u32 = 6;

/// Tasks that read the list and add customers until they are told to stop.
pub struct Load {
    stop: CancellationToken,
    tasks: JoinSet<()>,
    failed: Arc<Mutex<Vec<String>>>,
    responses: Arc<AtomicU32>,
    added: Arc<Mutex<BTreeSet<String>>>,
}

impl Load {
    /// Starts the tasks with the session of this browser.
    pub fn start(client: &Client) -> Self {
        let mut load = Self {
            stop: CancellationToken::new(),
            tasks: JoinSet::new(),
            failed: Arc::default(),
            responses: Arc::default(),
            added: Arc::default(),
        };
        for task in 0..TASKS {
            let (client, stop, failed, responses, added) = (
                client.clone(),
                load.stop.clone(),
                load.failed.clone(),
                load.responses.clone(),
                load.added.clone(),
            );
            load.tasks.spawn(async move {
                for round in 0.. {
                    if stop.is_cancelled() {
                        break;
                    }
                    let outcome = if round % 4 == 0 {
                        add(&client, &format!("t{task}r{round}@example.com"), &added).await
                    } else {
                        fetch(client.request("GET", "/customers"), 200).await.map(drop)
                    };
                    match outcome {
                        Ok(()) => drop(responses.fetch_add(1, Ordering::SeqCst)),
                        Err(error) => failed.lock().unwrap().push(error),
                    }
                }
            });
        }
        load
    }

    /// Waits for `more` further responses.
    pub async fn wait_for_responses(&self, more: u32) {
        let enough = self.responses.load(Ordering::SeqCst) + more;
        until_true("responses", Duration::from_mins(1), async || {
            self.responses.load(Ordering::SeqCst) >= enough
        })
        .await;
    }

    /// Returns the failures so far.
    pub fn failed(&self) -> Vec<String> {
        self.failed.lock().unwrap().clone()
    }

    /// Stops the tasks. Returns the email addresses of the confirmed customers.
    pub async fn end(mut self) -> BTreeSet<String> {
        self.stop.cancel();
        while let Some(outcome) = self.tasks.join_next().await {
            outcome.unwrap();
        }
        std::mem::take(&mut *self.added.lock().unwrap())
    }
}

/// Sends a request. Returns its page if it has this status, and a description otherwise.
pub async fn fetch(request: RequestBuilder, status: u16) -> Result<Page, String> {
    let response = request.send().await.map_err(|error| format!("{error:?}"))?;
    let (found, path) = (response.status().as_u16(), response.url().path().to_owned());
    if found != status {
        return Err(format!("{found} at {path}: {}", response.text().await.unwrap_or_default()));
    }
    Page::try_read(response).await.ok_or_else(|| format!("the response at {path} is incomplete"))
}

/// Adds a customer. Records the email address if the program confirms it.
pub async fn add(
    client: &Client,
    email: &str,
    added: &Mutex<BTreeSet<String>>,
) -> Result<(), String> {
    let page = fetch(client.request("GET", "/customers/new"), 200).await?;
    let form = page
        .form("/customers")
        .with("email", email)
        .with("company", "Ltd")
        .with("sendpassword", "1");
    let request = client
        .request("POST", &form.action)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.body());
    fetch(request, 303).await?;
    added.lock().unwrap().insert(email.to_owned());
    Ok(())
}
