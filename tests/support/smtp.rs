//! A mail server for tests. `mailin` implements the protocol; this file handles the connections. It
//! has no TLS, because a library that brings TLS would select the TLS implementation for the whole
//! program.

use mailin::{Action, Handler, SessionBuilder};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};

/// Serves connections of this listener until the tests end. Each connection gets a copy of the
/// handler.
pub fn serve(listener: TcpListener, handler: impl Handler + Clone + Send + 'static) {
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handler = handler.clone();
            // A client that disconnects early is not an error of the server.
            std::thread::spawn(move || drop(converse(stream, handler)));
        }
    });
}

fn converse(stream: TcpStream, handler: impl Handler) -> io::Result<()> {
    let mut writer = stream.try_clone()?;
    let mut session = SessionBuilder::new("mail.example").build(stream.peer_addr()?.ip(), handler);
    session.greeting().write_to(&mut writer)?;
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let response = session.process(&line);
        line.clear();
        match response.action {
            Action::NoReply => continue,
            Action::Reply => response.write_to(&mut writer)?,
            Action::Close | Action::UpgradeTls => return response.write_to(&mut writer),
        }
        writer.flush()?;
    }
    Ok(())
}
