//! Sockets and memory of other processes.

use rustix::net::{getpeername, sockopt};
use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};
use std::net::SocketAddr;
use std::os::fd::RawFd;

/// Returns whether a process has disabled Nagle's algorithm for its connection with this client.
/// Returns `None` without a connection.
pub fn is_nodelay(process: &str, client: SocketAddr) -> Option<bool> {
    let id: i32 = process.parse().unwrap();
    let pidfd = pidfd_open(Pid::from_raw(id).unwrap(), PidfdFlags::empty()).unwrap();
    let numbers = std::fs::read_dir(format!("/proc/{id}/fd")).unwrap().flatten();
    let numbers = numbers.filter_map(|entry| entry.file_name().to_str()?.parse::<RawFd>().ok());
    let sockets =
        numbers.filter_map(|number| pidfd_getfd(&pidfd, number, PidfdGetfdFlags::empty()).ok());
    let of_client = |peer: &rustix::net::SocketAddrAny| {
        SocketAddr::try_from(peer.clone()).is_ok_and(|peer| peer == client)
    };
    sockets
        .filter(|socket| {
            getpeername(socket).is_ok_and(|peer| peer.is_some_and(|peer| of_client(&peer)))
        })
        .map(|socket| sockopt::tcp_nodelay(&socket).unwrap())
        .next()
}

/// Returns the peak resident memory of a process, in bytes.
pub fn peak_memory(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
}
