//! A scheduler and a registration that write down what they are asked.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::panic::Location;
use std::sync::{Arc, Mutex};

use tulipa_rt::{Header, Registration, Runnable, Schedule, Source};

/// For loops without tasks: nothing is ever scheduled.
#[derive(Debug)]
pub(crate) struct Nobody;

impl Schedule for Nobody {
    fn schedule(&self, _: Runnable) {
        unreachable!("there is no task to schedule");
    }
}

#[track_caller]
pub(crate) fn header() -> Header {
    Header::new(Location::caller())
}

/// What a registration was asked, in words.
#[derive(Clone, Default)]
pub(crate) struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    fn add(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// A source that is registered here, and its peer.
    pub(crate) fn source(&self) -> (Source, UnixStream) {
        let (ours, peer) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        (Source::new(OwnedFd::from(ours), Box::new(self.clone())), peer)
    }
}

impl Registration for Asked {
    fn arm(&self, _: BorrowedFd<'_>, readable: bool, writable: bool) -> io::Result<()> {
        self.add(format!("arm {readable} {writable}"));
        Ok(())
    }

    fn deregister(&self, io: BorrowedFd<'_>) {
        let is_open = io.try_clone_to_owned().is_ok();
        self.add(format!("deregister {is_open}"));
    }
}
