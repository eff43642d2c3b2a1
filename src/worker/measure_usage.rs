//! Measures the disk usage of customers' home directories and databases, and stores it for the
//! current day.
//!
//! All nodes share one root of the home directories, so a run on any node measures all of them. The
//! job may run again at any time: it replaces the values of the day.

use super::home_files::with_homes;
use crate::context::JobContext;
use crate::error::JobError;
use domain::id::CustomerId;
use domain::usage::Measurement;
use files::homes::{DiskSpace, HomeError, Homes};
use services::{mysql_servers, usage};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// Maximum number of home directories that are measured at once; at most one for each core.
const MAX_THREADS: usize = 4;

pub(super) async fn run(context: &JobContext) -> Result<(), JobError> {
    // An unreachable root is an outage. It must not be stored as zero usage.
    with_homes(context, "", |homes, _| homes.probe()).await?;
    let app = &context.app;
    let day = usage::day_of(app.env.clock.now());
    let sizes = mysql_servers::database_sizes(app).await?;
    let (mut after, mut measured, mut unreadable) = (CustomerId(0), 0, 0);
    loop {
        let next = usage::next_customers(app, after).await?;
        let Some((last, _)) = next.last() else { break };
        after = *last;
        let ids: Vec<CustomerId> = next.iter().map(|(id, _)| *id).collect();
        let spaces = measure_homes(context, next).await?;
        unreadable += spaces.values().map(|space| space.unreadable).sum::<u64>();
        let mysql = usage::of_databases(app, &ids, &sizes).await?;
        let measurement = |id: &CustomerId| Measurement {
            customer: *id,
            web: spaces.get(id).map(|space| space.bytes),
            mysql: mysql.get(id).copied(),
        };
        let measurements: Vec<Measurement> = ids
            .iter()
            .map(measurement)
            .filter(|one| one.web.is_some() || one.mysql.is_some())
            .collect();
        measured += usage::store(app, &measurements, day).await?;
    }
    tracing::info!(customers = measured, unreadable, "usage was measured");
    Ok(())
}

/// Measures home directories on blocking threads. A home directory that cannot be measured keeps
/// its last value, and the job continues.
async fn measure_homes(
    context: &JobContext,
    customers: Vec<(CustomerId, String)>,
) -> Result<HashMap<CustomerId, DiskSpace>, JobError> {
    let queue = Arc::new(Mutex::new(customers));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS);
    let mut measuring = JoinSet::new();
    for _ in 0..threads {
        let (queue, root, stopping) =
            (queue.clone(), context.app.env.homes_dir.clone(), context.stopping.clone());
        measuring.spawn_blocking(move || {
            let homes = Homes::open(&root)?;
            let mut spaces = Vec::new();
            loop {
                let Some((id, name)) = queue.lock().unwrap_or_else(PoisonError::into_inner).pop()
                else {
                    return Ok(spaces);
                };
                match homes.measure(&name, &|| stopping.is_cancelled()) {
                    Ok(Some(space)) => spaces.push((id, space)),
                    // The home directory does not exist yet, or the disk is not mounted. Neither
                    // means zero usage.
                    Ok(None) => {}
                    Err(HomeError::Stopped) => return Err(HomeError::Stopped),
                    Err(error) => {
                        tracing::warn!(customer = name, %error, "a home directory cannot be measured");
                    }
                }
            }
        });
    }
    let mut all = HashMap::new();
    while let Some(done) = measuring.join_next().await {
        all.extend(done??);
    }
    Ok(all)
}
