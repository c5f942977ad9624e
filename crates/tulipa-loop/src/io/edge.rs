//! Edge-triggered registration and a wait on the poller's own descriptor.
//!
//! # Protocol
//!
//! A descriptor is added once, for both directions, and reports each change of its readiness
//! once; the source remembers it. The bell is an `eventfd` that is added the same way and never
//! read: each `write` is a change.
//!
//! `polling` asks of whoever adds a descriptor that it be deleted before it is closed. The
//! registration that [`Source`] owns deletes it in its destructor, while the source still owns
//! the descriptor; the bell's descriptor lives as long as the poller (`Edge` and `Bell` are the
//! only owners, and a poller that outlives it has nobody left who waits on it).

use std::cell::RefCell;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use polling::{Event, PollMode, Poller};
use rustix::event::epoll::{self, EventFlags};
use rustix::event::{EventfdFlags, Timespec, eventfd};
use tulipa_rt::{Registration, Source};

use super::round_up_to_milliseconds;
use super::sources::{FreeKeys, Sources};

/// The bell's key; `polling` keeps `usize::MAX` for itself.
const BELL: usize = usize::MAX - 1;

/// How many reports one wait takes; more come with the next.
const REPORTS: usize = 1024;

/// What rings the loop.
pub(crate) struct EventFd(OwnedFd);

impl EventFd {
    pub(crate) fn ring(&self) {
        let rung = rustix::io::write(&self.0, &1_u64.to_ne_bytes());
        // The counter is full after 2^64 rings; reading it empties it.
        if rung == Err(rustix::io::Errno::AGAIN) {
            let _ = rustix::io::read(&self.0, &mut [0; 8]);
            let _ = rustix::io::write(&self.0, &1_u64.to_ne_bytes());
        }
    }
}

pub(crate) struct Edge {
    event_fd: Arc<EventFd>,
    events: RefCell<Vec<epoll::Event>>,
}

impl Edge {
    pub(crate) fn new(poller: &Poller) -> io::Result<Self> {
        let event_fd = EventFd(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        // SAFETY: see the protocol: the descriptor lives as long as anybody waits on the poller.
        unsafe { poller.add_with_mode(&event_fd.0, Event::readable(BELL), PollMode::Edge)? };
        let events = RefCell::new(Vec::with_capacity(REPORTS));
        Ok(Self { event_fd: Arc::new(event_fd), events })
    }

    pub(crate) fn event_fd(&self) -> Arc<EventFd> {
        self.event_fd.clone()
    }

    pub(crate) fn wait(
        &self,
        poller: &Poller,
        timeout: Option<Duration>,
        mut report: impl FnMut(usize, bool, bool),
    ) -> io::Result<()> {
        let timeout = timeout.map(|timeout| {
            Timespec::try_from(round_up_to_milliseconds(timeout)).expect("at most a day")
        });
        let mut events = self.events.borrow_mut();
        events.clear();
        epoll::wait(poller.as_fd(), rustix::buffer::spare_capacity(&mut events), timeout.as_ref())?;
        for event in events.iter() {
            let (key, flags) = (event.data.u64(), event.flags);
            let ended = EventFlags::HUP | EventFlags::ERR;
            let readable =
                flags.intersects(EventFlags::IN | EventFlags::RDHUP | EventFlags::PRI | ended);
            let writable = flags.intersects(EventFlags::OUT | ended);
            // Keys were `usize` when they were given; the bell's finds no source.
            report(usize::try_from(key).unwrap_or(BELL), readable, writable);
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
    unsafe { poller.add_with_mode(&io, Event::all(key), PollMode::Edge)? };
    let registered = Registered { poller: poller.clone(), key, free: sources.free_keys() };
    Ok(Source::new(io, Box::new(registered)))
}

struct Registered {
    poller: Arc<Poller>,
    key: usize,
    free: FreeKeys,
}

impl Registration for Registered {
    fn arm(&self, _: BorrowedFd<'_>, _: bool, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn deregister(&self, io: BorrowedFd<'_>) {
        // It was added and is still open, so there is nothing that could fail here.
        let _ = self.poller.delete(io);
        self.free.put(self.key);
    }
}
