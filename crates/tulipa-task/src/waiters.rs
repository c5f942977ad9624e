//! [`Waiters`]: who wants to know when a promise is done, in the order they asked.

use std::task::Waker;

/// Names a done-callback, to take it back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallbackId(pub(crate) u64);

impl CallbackId {
    /// Names no callback: it was scheduled at once.
    pub(crate) const NONE: Self = Self(u64::MAX);
}

#[derive(Default)]
pub(crate) struct Waiters {
    list: Vec<(u64, Waiter)>,
    next: u64,
}

pub(crate) enum Waiter {
    Awaiter(Waker),
    Callback(Box<dyn FnOnce()>),
}

impl Waiters {
    /// Puts a waiter at the end; the number names it.
    pub(crate) fn push(&mut self, waiter: Waiter) -> u64 {
        let id = self.next;
        self.next += 1;
        self.list.push((id, waiter));
        id
    }

    /// Makes a waiting awaiter be woken through another waker.
    pub(crate) fn set_waker(&mut self, id: u64, waker: &Waker) {
        if let Some((_, Waiter::Awaiter(held))) = self.list.iter_mut().find(|(at, _)| *at == id) {
            held.clone_from(waker);
        }
    }

    /// Takes a waiter out; give it to the caller to drop outside any borrow.
    pub(crate) fn remove(&mut self, id: u64) -> Option<Waiter> {
        let at = self.list.iter().position(|(held, _)| *held == id)?;
        Some(self.list.remove(at).1)
    }

    /// Everybody, in the order they asked.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = Waiter> + use<> {
        std::mem::take(&mut self.list).into_iter().map(|(_, waiter)| waiter)
    }
}
