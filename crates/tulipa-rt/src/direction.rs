//! [`Direction`]: the readiness of a source to be read, or to be written.
//!
//! # Protocol
//!
//! `word` is `tick << 1 | ready`, `waiting` are the wakers of those who wait. The loop counts the
//! tick up and sets the bit when the operating system reports readiness, then wakes. Who found
//! the descriptor not ready after all gives back the word it had seen: the bit is cleared only if
//! the tick is still the same, so a report that came in between is not lost. (It would be if
//! 2^31 reports came in between.)
//!
//! Who waits leaves its waker under the lock and looks at the word again afterwards; the loop
//! sets the word first and takes the wakers under the lock afterwards. So one of the two sees the
//! other. Wakers are woken, and replaced ones dropped, outside the lock.

use std::sync::PoisonError;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use std::task::Waker;

use crate::sync::{AtomicU32, Mutex};

/// A readiness that was seen; give it back to [`Source::clear`](crate::Source::clear) if it
/// proved stale.
#[derive(Clone, Copy, Debug)]
pub struct Ready(u32);

pub(crate) struct Direction {
    word: AtomicU32,
    waiting: Mutex<Vec<Waker>>,
}

impl Direction {
    pub(crate) fn new_ready() -> Self {
        Self { word: AtomicU32::new(1), waiting: Mutex::new(Vec::new()) }
    }

    pub(crate) fn ready(&self) -> Option<Ready> {
        // Acquire: pairs with the loop's report, so that what the report followed is visible.
        let word = self.word.load(Acquire);
        (word & 1 == 1).then_some(Ready(word))
    }

    pub(crate) fn report(&self) {
        // AcqRel: see `ready`. Never fails, the closure always gives a value.
        let _ = self.word.fetch_update(AcqRel, Relaxed, |word| Some(word.wrapping_add(2) | 1));
        let waiting = self.with_waiting(std::mem::take);
        waiting.into_iter().for_each(Waker::wake);
    }

    pub(crate) fn clear(&self, ready: Ready) {
        // Relaxed: nothing is published by it.
        let _ = self.word.compare_exchange(ready.0, ready.0 & !1, Relaxed, Relaxed);
    }

    /// Leaves the waker, then looks once more.
    pub(crate) fn wait(&self, waker: &Waker) -> Option<Ready> {
        let waker = waker.clone();
        self.with_waiting(|waiting| {
            if !waiting.iter().any(|held| held.will_wake(&waker)) {
                waiting.push(waker);
            }
        });
        self.ready()
    }

    pub(crate) fn is_awaited(&self) -> bool {
        self.with_waiting(|waiting| !waiting.is_empty())
    }

    fn with_waiting<R>(&self, run: impl FnOnce(&mut Vec<Waker>) -> R) -> R {
        run(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
