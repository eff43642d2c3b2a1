//! Limits of open connections: idle connections are closed, and an address cannot use all
//! connections.
//!
//! At an address's limit, a new connection closes the connection of the same address that has
//! waited longest for its client, or the new one if none waits. People who share an address with an
//! attacker are therefore still served.

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use config::TrustedProxies;
use rustix::net::{Shutdown, shutdown};
use std::any::Any;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Side that has to act next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The client: no request has been read.
    Idle,
    /// The client: the body of a request is being read.
    Receiving,
    /// The program.
    Responding,
}

struct Connection {
    /// The state, and its start.
    state: Mutex<(State, Instant)>,
    socket: OwnedFd,
}

impl Connection {
    fn set_state(&self, state: State) {
        *lock(&self.state) = (state, Instant::now());
    }

    fn state(&self) -> (State, Instant) {
        *lock(&self.state)
    }

    fn close(&self) {
        // Fails if the client has already closed the connection.
        shutdown(&self.socket, Shutdown::Both).ok();
    }
}

/// All open connections of a server.
#[derive(Clone)]
pub struct Connections(Arc<Table>);

struct Table {
    max: usize,
    trusted: Arc<TrustedProxies>,
    open: Mutex<HashMap<IpAddr, Vec<Arc<Connection>>>>,
}

impl Connections {
    /// Allows `max` connections for each address; 0 means no limit. Trusted proxies have no limit.
    #[must_use]
    pub fn new(max: usize, trusted: Arc<TrustedProxies>) -> Self {
        Self(Arc::new(Table { max, trusted, open: Mutex::default() }))
    }

    /// Registers a new connection.
    pub fn opened(&self, io: &dyn Any, data: &mut Extensions) {
        let Some(stream) = io.downcast_ref::<TcpStream>() else { return };
        let (Ok(peer), Ok(socket)) = (stream.peer_addr(), stream.as_fd().try_clone_to_owned())
        else {
            return;
        };
        let address = network(peer.ip());
        let connection =
            Arc::new(Connection { state: Mutex::new((State::Idle, Instant::now())), socket });
        let is_limited = self.0.max > 0 && !self.0.trusted.contains(peer.ip());
        if let Some(closed) = self.0.add(address, connection.clone(), is_limited) {
            tracing::debug!(%address, "too many connections from one address: one was closed");
            closed.close();
        }
        data.insert(ConnectionHandle(Arc::new(Entry {
            table: self.0.clone(),
            address,
            connection,
        })));
    }

    /// Closes connections that have been idle for `max_idle`, until the server is dropped. actix
    /// closes connections that are silent for five seconds. It has no timer for a slow request head
    /// on a reused connection.
    pub async fn sweep(self, max_idle: Duration) {
        let table = Arc::downgrade(&self.0);
        drop(self);
        loop {
            tokio::time::sleep(max_idle / 5).await;
            let Some(table) = table.upgrade() else { return };
            for connection in table.find_idle(max_idle) {
                connection.close();
            }
        }
    }
}

impl Table {
    /// Adds a connection. Returns the connection to close in its place, which can be the new one
    /// itself.
    fn add(
        &self,
        address: IpAddr,
        new: Arc<Connection>,
        is_limited: bool,
    ) -> Option<Arc<Connection>> {
        let mut open = lock(&self.open);
        let all = open.entry(address).or_default();
        let closed = if is_limited && all.len() >= self.max {
            let waiting = all.iter().enumerate().map(|(at, connection)| (at, connection.state()));
            let oldest = waiting
                .filter(|(_, (state, _))| *state != State::Responding)
                .min_by_key(|(_, (_, since))| *since);
            match oldest {
                Some((at, _)) => Some(all.swap_remove(at)),
                None => return Some(new),
            }
        } else {
            None
        };
        all.push(new);
        closed
    }

    fn remove(&self, address: IpAddr, connection: &Arc<Connection>) {
        let mut open = lock(&self.open);
        if let Some(all) = open.get_mut(&address) {
            all.retain(|known| !Arc::ptr_eq(known, connection));
            if all.is_empty() {
                open.remove(&address);
            }
        }
    }

    fn find_idle(&self, max_idle: Duration) -> Vec<Arc<Connection>> {
        let is_idle = |connection: &&Arc<Connection>| {
            let (state, since) = connection.state();
            state == State::Idle && since.elapsed() > max_idle
        };
        lock(&self.open).values().flatten().filter(is_idle).cloned().collect()
    }
}

/// An open connection, as middleware sees it. The last handle removes it from the table.
#[derive(Clone)]
pub struct ConnectionHandle(Arc<Entry>);

struct Entry {
    table: Arc<Table>,
    address: IpAddr,
    connection: Arc<Connection>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.table.remove(self.address, &self.connection);
    }
}

impl ConnectionHandle {
    /// Marks the connection as receiving a request's body.
    pub(super) fn set_receiving(&self) {
        self.0.connection.set_state(State::Receiving);
    }

    /// Marks the connection as responding to a request.
    pub(super) fn set_responding(&self) {
        self.0.connection.set_state(State::Responding);
    }

    /// Marks the connection as idle, after the response was sent.
    pub(super) fn set_idle(&self) {
        self.0.connection.set_state(State::Idle);
    }
}

/// Returns the network that counts as one address. A single IPv6 subscriber has 2^64 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
