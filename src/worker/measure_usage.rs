//! Measures what customers' homes and databases take, and notes it for the day.
//!
//! Homes lie on one directory that all nodes share, so one run measures them all, whichever node
//! has it. It may be run again at any time: it replaces what the day has so far.

use super::home_files::at_homes;
use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use domain::id::CustomerId;
use domain::usage::Measurement;
use files::homes::{HomeError, Homes, Room};
use services::{mysql_servers, usage};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// Homes that are walked at once, where the machine has so many cores.
const WALKS: usize = 4;

pub(super) async fn run(context: &JobContext) -> Result<(), JobError> {
    // A root that cannot be reached is an outage, and no customer has used nothing.
    at_homes(context, "", |homes, _| homes.probe()).await?;
    let app = &context.app;
    let day = usage::day_of(app.env.clock.now());
    let sizes = mysql_servers::database_sizes(app).await?;
    let (mut after, mut measured, mut unreadable) = (CustomerId(0), 0, 0);
    loop {
        let next = usage::next_customers(app, after).await?;
        let Some((last, _)) = next.last() else { break };
        after = *last;
        let ids: Vec<CustomerId> = next.iter().map(|(id, _)| *id).collect();
        let rooms = walk(context, next).await?;
        unreadable += rooms.values().map(|room| room.unreadable).sum::<u64>();
        let mysql = usage::of_databases(app, &ids, &sizes).await?;
        let of = |id: &CustomerId| Measurement {
            customer: *id,
            web: rooms.get(id).map(|room| room.bytes),
            mysql: mysql.get(id).copied(),
        };
        let found: Vec<Measurement> =
            ids.iter().map(of).filter(|one| one.web.is_some() || one.mysql.is_some()).collect();
        measured += usage::store(app, &found, day).await?;
    }
    tracing::info!(customers = measured, unreadable, "usage was measured");
    Ok(())
}

/// Walks some homes on threads that may block. A home that cannot be measured keeps what it had,
/// and ends nothing.
async fn walk(
    context: &JobContext,
    customers: Vec<(CustomerId, String)>,
) -> Result<HashMap<CustomerId, Room>, JobError> {
    let queue = Arc::new(Mutex::new(customers));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(WALKS);
    let mut walks = JoinSet::new();
    for _ in 0..threads {
        let (queue, place, stopping) =
            (queue.clone(), context.app.env.homes_dir.clone(), context.stopping.clone());
        walks.spawn_blocking(move || {
            let homes = Homes::open(&place)?;
            let mut rooms = Vec::new();
            loop {
                let Some((id, name)) = queue.lock().unwrap_or_else(PoisonError::into_inner).pop()
                else {
                    return Ok(rooms);
                };
                match homes.measure(&name, &|| stopping.is_cancelled()) {
                    Ok(Some(room)) => rooms.push((id, room)),
                    // Not made yet; or the disk is not where it should be, and nobody's use has
                    // become nothing.
                    Ok(None) => {}
                    Err(HomeError::Stopped) => return Err(HomeError::Stopped),
                    Err(error) => {
                        tracing::warn!(customer = name, %error, "a home cannot be measured");
                    }
                }
            }
        });
    }
    let mut all = HashMap::new();
    while let Some(done) = walks.join_next().await {
        all.extend(
            done.map_err(|panic| JobError::TryAgain(anyhow!("The program failed ({panic})")))??,
        );
    }
    Ok(all)
}
