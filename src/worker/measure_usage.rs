//! Measures what customers' homes and databases take, and notes it for the day.
//!
//! Homes lie on one directory that all nodes share, so one run measures them all, whichever node
//! has it. It may be run again at any time: it replaces what the day has so far.

use super::home_files::at_homes;
use super::homes::{HomeError, Homes, Room};
use super::sync_mysql_account::open;
use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use db::Tx;
use db::disk_usage::{self, Found};
use domain::id::{CustomerId, MysqlServerId};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// Customers who are measured and noted at a time.
const BATCH: u64 = 200;
/// Homes that are walked at once, where the machine has so many cores.
const WALKS: usize = 4;
/// How long what was measured is kept.
const KEEP: SignedDuration = SignedDuration::from_hours(400 * 24);
const DAY: i64 = 86_400;

/// How large the databases of a server are; nothing where it could not be asked.
type Sizes = HashMap<MysqlServerId, Option<HashMap<String, u64>>>;

pub(super) async fn run(context: &JobContext) -> Result<(), JobError> {
    // A root that cannot be reached is an outage, and no customer has used nothing.
    at_homes(context, "", |homes, _| homes.probe()).await?;
    let now = context.app.env.clock.now();
    let day =
        Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(DAY)).unwrap_or(now);
    let keep_since = day.checked_sub(KEEP).unwrap_or(Timestamp::UNIX_EPOCH);
    let sizes = sizes(context).await?;
    let (mut after, mut measured, mut unreadable) = (CustomerId(0), 0, 0);
    loop {
        let next = disk_usage::next(&context.app.db.reader(), after, BATCH).await?;
        let Some((last, _)) = next.last() else { break };
        after = *last;
        let ids: Vec<CustomerId> = next.iter().map(|(id, _)| *id).collect();
        let rooms = walk(context, next).await?;
        unreadable += rooms.values().map(|room| room.unreadable).sum::<u64>();
        let mysql = databases(context, &ids, &sizes).await?;
        let of = |id: &CustomerId| Found {
            customer: *id,
            web: rooms.get(id).map(|room| room.bytes),
            mysql: mysql.get(id).copied(),
        };
        let found: Vec<Found> =
            ids.iter().map(of).filter(|one| one.web.is_some() || one.mysql.is_some()).collect();
        measured += context
            .app
            .db
            .write(async |tx: &Tx| disk_usage::store(tx, &found, day, keep_since).await)
            .await?;
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

/// Asks each server that is administered, by one query.
async fn sizes(context: &JobContext) -> Result<Sizes, JobError> {
    let mut sizes = Sizes::new();
    for server in db::mysql_servers::all(&context.app.db.reader())
        .await?
        .into_iter()
        .filter(|server| server.administered)
    {
        let asked = async {
            let remote = open(context, server.id).await?;
            Ok::<_, JobError>(match remote {
                Some(mut remote) => Some(remote.sizes().await?),
                None => None,
            })
        };
        let found = match asked.await {
            Ok(found) => found.map(|found| found.into_iter().collect()),
            Err(error) => {
                tracing::warn!(server = server.name, %error, "databases cannot be measured");
                None
            }
        };
        sizes.insert(server.id, found);
    }
    Ok(sizes)
}

/// What the databases of some customers take; who has one on a server that could not be asked is
/// left out.
async fn databases(
    context: &JobContext,
    customers: &[CustomerId],
    sizes: &Sizes,
) -> Result<HashMap<CustomerId, u64>, JobError> {
    if sizes.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sums: HashMap<CustomerId, Option<u64>> =
        customers.iter().map(|id| (*id, Some(0))).collect();
    for (customer, server, name) in
        disk_usage::databases(&context.app.db.reader(), customers).await?
    {
        let size = sizes
            .get(&server)
            .and_then(Option::as_ref)
            .map(|known| known.get(&name).copied().unwrap_or(0));
        let sum = sums.entry(customer).or_insert(Some(0));
        *sum = sum.zip(size).map(|(sum, size)| sum.saturating_add(size));
    }
    Ok(sums.into_iter().filter_map(|(id, sum)| Some((id, sum?))).collect())
}
