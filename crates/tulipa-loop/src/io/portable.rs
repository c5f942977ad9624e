//! `Poller::wait` with one-shot registrations.
//!
//! # Protocol
//!
//! A descriptor is added without interest. Who waits for it arms it for the directions in which
//! somebody waits; a report disarms it in the poller, for both directions. `armed` says, by key,
//! for which directions the poller is armed. It is changed under its lock together with the
//! poller: `arm` adds directions, from any thread, and the loop takes those away that have been
//! reported and arms the poller for the rest, before anybody hears of the report. Who comes to
//! wait after that arms it anew.
//!
//! `polling` asks of whoever adds a descriptor that it be deleted before it is closed; the
//! registration that [`Source`] owns does so in its destructor.

use std::cell::RefCell;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use polling::{Event, Events, Poller};
use tulipa_rt::{Registration, Source};

use super::round_up_to_milliseconds;
use super::sources::{FreeKeys, Sources};

pub(crate) struct Portable {
    events: RefCell<Events>,
    armed: Armed,
}

/// By key: the directions for which the poller is armed, readable and writable.
#[derive(Clone, Default)]
struct Armed(Arc<Mutex<Vec<[bool; 2]>>>);

impl Armed {
    fn lock(&self) -> MutexGuard<'_, Vec<[bool; 2]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn event(key: usize, [readable, writable]: [bool; 2]) -> Event {
    Event::new(key, readable, writable)
}

impl Portable {
    pub(crate) fn new() -> Self {
        Self { events: RefCell::new(Events::new()), armed: Armed::default() }
    }

    pub(crate) fn wait(
        &self,
        poller: &Poller,
        timeout: Option<Duration>,
        sources: &Sources,
        mut report: impl FnMut(usize, bool, bool),
    ) -> io::Result<()> {
        let mut events = self.events.borrow_mut();
        events.clear();
        poller.wait(&mut events, timeout.map(round_up_to_milliseconds))?;
        for reported in events.iter() {
            if let Some(source) = sources.get(reported.key) {
                let mut armed = self.armed.lock();
                let [readable, writable] = &mut armed[reported.key];
                *readable &= !reported.readable;
                *writable &= !reported.writable;
                let left = armed[reported.key];
                if left.contains(&true) {
                    poller.modify(&source, event(reported.key, left))?;
                }
            }
            report(reported.key, reported.readable, reported.writable);
        }
        Ok(())
    }

    pub(super) fn register(
        &self,
        poller: &Arc<Poller>,
        sources: &Sources,
        key: usize,
        io: OwnedFd,
    ) -> io::Result<Source> {
        // SAFETY: the source owns the descriptor, and `Registered` deletes it before that is
        // closed.
        unsafe { poller.add(&io, Event::none(key))? };
        let mut armed = self.armed.lock();
        if armed.len() <= key {
            armed.resize(key + 1, [false; 2]);
        }
        armed[key] = [false; 2];
        drop(armed);
        let (poller, armed, free) = (poller.clone(), self.armed.clone(), sources.free_keys());
        Ok(Source::new(io, Box::new(Registered { poller, armed, key, free })))
    }
}

struct Registered {
    poller: Arc<Poller>,
    armed: Armed,
    key: usize,
    free: FreeKeys,
}

impl Registration for Registered {
    fn arm(&self, io: BorrowedFd<'_>, readable: bool, writable: bool) -> io::Result<()> {
        let mut armed = self.armed.lock();
        // Added, not replaced: another thread may have come to wait for the other direction
        // since `readable` and `writable` were looked up.
        armed[self.key][0] |= readable;
        armed[self.key][1] |= writable;
        self.poller.modify(io, event(self.key, armed[self.key]))
    }

    fn deregister(&self, io: BorrowedFd<'_>) {
        // It was added and is still open, so there is nothing that could fail here.
        let _ = self.poller.delete(io);
        self.free.put(self.key);
    }
}
