//! `Poller::wait` with one-shot registrations.
//!
//! # Protocol
//!
//! A descriptor is added without interest. Who waits for it arms it for the directions in which
//! somebody waits; a report disarms it, so the source is armed again by the next who waits. After
//! a report of one direction, those who still wait for the other are armed again here.
//!
//! `polling` asks of whoever adds a descriptor that it be deleted before it is closed; the
//! registration that [`Source`] owns does so in its destructor.

use std::cell::RefCell;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use polling::{Event, Events, Poller};
use tulipa_rt::{Registration, Source};

use super::round_up_to_milliseconds;
use super::sources::{FreeKeys, Sources};

pub(crate) struct Portable {
    events: RefCell<Events>,
}

impl Portable {
    pub(crate) fn new() -> Self {
        Self { events: RefCell::new(Events::new()) }
    }

    pub(crate) fn wait(
        &self,
        poller: &Poller,
        sources: &Sources,
        timeout: Option<Duration>,
    ) -> io::Result<()> {
        let mut events = self.events.borrow_mut();
        events.clear();
        poller.wait(&mut events, timeout.map(round_up_to_milliseconds))?;
        for event in events.iter() {
            sources.report(event.key, event.readable, event.writable);
        }
        Ok(())
    }
}

pub(super) fn register(
    poller: &Arc<Poller>,
    sources: &Sources,
    key: usize,
    io: OwnedFd,
) -> io::Result<Source> {
    // SAFETY: the source owns the descriptor, and `Registered` deletes it before that is closed.
    unsafe { poller.add(&io, Event::none(key))? };
    let registered = Registered { poller: poller.clone(), key, free: sources.free_keys() };
    Ok(Source::new(io, Box::new(registered)))
}

struct Registered {
    poller: Arc<Poller>,
    key: usize,
    free: FreeKeys,
}

impl Registration for Registered {
    fn arm(&self, io: BorrowedFd<'_>, readable: bool, writable: bool) -> io::Result<()> {
        self.poller.modify(io, Event::new(self.key, readable, writable))
    }

    fn deregister(&self, io: BorrowedFd<'_>) {
        // It was added and is still open, so there is nothing that could fail here.
        let _ = self.poller.delete(io);
        self.free.put(self.key);
    }
}
