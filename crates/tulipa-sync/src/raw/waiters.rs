//! The queue of those who wait for a primitive: a list whose nodes lie inside the futures.
//!
//! # Protocol
//!
//! A [`Waiters`] lives in a state that is guarded (see `guarded.rs`); a [`Waiter`] lives in a
//! pinned future. The owner of a waiter is whoever holds the future's `Pin<&mut _>`.
//!
//! * **Links.** Only the owner links its waiter (at the tail) and unlinks it. It needs `&mut
//!   Waiters` for that, so nobody else looks at the list meanwhile. A linked waiter is pinned, and
//!   its destructor aborts, so a node in the list is always memory that is still there (or that
//!   was leaked while pinned, and stays for ever).
//! * **`node`** is read and written only by one who has `&mut` (or `&`, to read) of the list it is
//!   linked in; by its owner alone while it is not linked.
//! * **`home`** belongs to the owner alone: the list it is linked in, or null. It is compared,
//!   never followed; it turns a mistake (the wrong list) into a panic.
//! * **Woken.** To wake a waiter means to take its waker out, in order from the head; the waiter
//!   stays linked until its owner comes back or drops it, so those who come later see that
//!   somebody is before them. The woken ones are always a prefix; `unwoken` is the first behind it.
//! * **Epoch.** [`Waiters::release_all`] frees everybody at once by counting `epoch` up: a waiter
//!   linked in an earlier epoch is woken, even before its waker is taken out. So the wakers may be
//!   taken in batches with the guard let go in between, and those who join meanwhile are not meant.

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomPinned;
use core::pin::Pin;
use core::ptr::{self, NonNull};
use core::task::Waker;

type Link<X> = Option<NonNull<Node<X>>>;

struct Node<X> {
    prev: Link<X>,
    next: Link<X>,
    /// `Some` while the waiter waits; `None` once it was woken, and while it is not linked.
    waker: Option<Waker>,
    /// The list's epoch when the waiter was linked.
    epoch: u64,
    /// What the waiter brought, or what it is to take away.
    payload: X,
}

/// A place in a queue of waiters; lies in a future.
pub struct Waiter<X = ()> {
    node: UnsafeCell<Node<X>>,
    home: *const Waiters<X>,
    _pinned: PhantomPinned,
}

// SAFETY: what is in the node may go to another thread (`X: Send`, a `Waker` is `Send`), and the
// pointers in it are followed only by one who has `&mut` of the list, wherever the nodes are.
unsafe impl<X: Send> Send for Waiter<X> {}
// SAFETY: `&Waiter` reaches the node only together with a borrow of the list, and `home` is
// written only through `Pin<&mut Waiter>`.
unsafe impl<X: Send> Sync for Waiter<X> {}

/// Where a waiter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// It is in no list: a newcomer.
    New,
    /// It waits.
    Waiting,
    /// It has been woken, and is still in the list.
    Woken,
}

/// What a waiter leaves behind when it goes.
pub(crate) struct Left {
    pub(crate) woken: bool,
    /// To be dropped when the guard is gone.
    pub(crate) waker: Option<Waker>,
}

/// A queue of waiters, first come first served.
pub(crate) struct Waiters<X = ()> {
    head: Link<X>,
    tail: Link<X>,
    /// The first that has not been woken.
    unwoken: Link<X>,
    epoch: u64,
}

// SAFETY: the nodes behind the pointers may go to another thread, see `Waiter`.
unsafe impl<X: Send> Send for Waiters<X> {}

impl<X> Waiter<X> {
    pub(crate) const fn new(payload: X) -> Self {
        let node = Node { prev: None, next: None, waker: None, epoch: 0, payload };
        Self { node: UnsafeCell::new(node), home: ptr::null(), _pinned: PhantomPinned }
    }

    pub(crate) fn is_linked(&self) -> bool {
        !self.home.is_null()
    }
}

impl<X> fmt::Debug for Waiter<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The node itself may be read under the list's guard only.
        f.debug_struct("Waiter").field("linked", &self.is_linked()).finish_non_exhaustive()
    }
}

impl<X> Drop for Waiter<X> {
    fn drop(&mut self) {
        if self.is_linked() {
            // The list would point to memory that is gone. `Wait` takes its waiter out before.
            std::process::abort();
        }
    }
}

impl<X> Waiters<X> {
    pub(crate) const fn new() -> Self {
        Self { head: None, tail: None, unwoken: None, epoch: 0 }
    }

    /// True if nobody is in line: neither one who waits nor one who was woken.
    pub(crate) fn is_empty(&self) -> bool {
        self.head.is_none()
    }

    /// How many are in line. Walks the list.
    pub(crate) fn count(&self) -> usize {
        let mut n = 0;
        let mut at = self.head;
        while let Some(node) = at {
            n += 1;
            // SAFETY: linked nodes are alive, and nobody writes to them while `self` is borrowed.
            at = unsafe { node.as_ref() }.next;
        }
        n
    }

    /// The node of a waiter, if it is linked here.
    ///
    /// # Panics
    ///
    /// If it is linked in another list: a mistake in this crate.
    fn find(&self, waiter: &Waiter<X>) -> Link<X> {
        if waiter.home.is_null() {
            return None;
        }
        assert!(ptr::eq(waiter.home, self), "a waiter was looked for in a list it is not in");
        NonNull::new(waiter.node.get())
    }

    pub(crate) fn status(&self, waiter: &Waiter<X>) -> Status {
        let Some(node) = self.find(waiter) else { return Status::New };
        // SAFETY: linked in this list, which is borrowed: alive, and nobody writes to it.
        let node = unsafe { node.as_ref() };
        if node.waker.is_none() || node.epoch < self.epoch {
            Status::Woken
        } else {
            Status::Waiting
        }
    }

    /// True if the waiter waits, and would wake the task that `waker` wakes.
    pub(crate) fn waits_with(&self, waiter: &Waiter<X>, waker: &Waker) -> bool {
        self.status(waiter) == Status::Waiting
            && self.find(waiter).is_some_and(|node| {
                // SAFETY: as in `status`.
                unsafe { node.as_ref() }.waker.as_ref().is_some_and(|w| w.will_wake(waker))
            })
    }

    /// Lets the waiter wait with `waker`: where it stands if it waits already, else at the tail.
    ///
    /// Gives back the waker it had.
    pub(crate) fn park(&mut self, mut waiter: Pin<&mut Waiter<X>>, waker: Waker) -> Option<Waker> {
        if let (Status::Waiting, Some(mut node)) = (self.status(&waiter), self.find(&waiter)) {
            // SAFETY: linked in this list, which is borrowed mutably: alive, and ours.
            return unsafe { node.as_mut() }.waker.replace(waker);
        }
        let stale = self.remove(waiter.as_mut()).and_then(|left| left.waker);
        self.link(waiter, waker);
        stale
    }

    /// What lies with a waiter that is in this list or in none.
    pub(crate) fn payload<'a>(&'a mut self, waiter: Pin<&'a mut Waiter<X>>) -> &'a mut X {
        let _in_no_other = self.find(&waiter);
        // SAFETY: linked in this list, which is borrowed mutably, or not linked and so its owner's
        // alone, which `Pin<&mut Waiter>` is. The waiter is not moved out of.
        unsafe { &mut (*waiter.get_unchecked_mut().node.get()).payload }
    }

    /// What lies with the first that has not been woken.
    pub(crate) fn next_payload(&mut self) -> Option<&mut X> {
        // SAFETY: linked in this list, which is borrowed mutably: alive, and ours.
        self.unwoken.map(|mut first| unsafe { &mut first.as_mut().payload })
    }

    /// What lies with each, in order.
    pub(crate) fn for_each_payload(&mut self, mut f: impl FnMut(&mut X)) {
        let mut at = self.head;
        while let Some(mut node) = at {
            // SAFETY: linked in this list, which is borrowed mutably: alive, and ours.
            let node = unsafe { node.as_mut() };
            f(&mut node.payload);
            at = node.next;
        }
    }

    /// Puts a waiter that is in no list at the tail.
    fn link(&mut self, waiter: Pin<&mut Waiter<X>>, waker: Waker) {
        // SAFETY: the waiter is not moved out of; only fields are set.
        let waiter = unsafe { waiter.get_unchecked_mut() };
        assert!(waiter.home.is_null(), "a waiter was put in line twice");
        let Some(mut place) = NonNull::new(waiter.node.get()) else { return };
        // SAFETY: it is not linked, so its owner alone may touch it, and `&mut Waiter` is that.
        let node = unsafe { place.as_mut() };
        node.prev = self.tail;
        node.next = None;
        node.waker = Some(waker);
        node.epoch = self.epoch;
        match self.tail {
            // SAFETY: linked in this list, which is borrowed mutably. It is not `place`.
            Some(mut tail) => unsafe { tail.as_mut() }.next = Some(place),
            None => self.head = Some(place),
        }
        self.tail = Some(place);
        self.unwoken = self.unwoken.or(Some(place));
        waiter.home = self;
    }

    /// Takes a waiter out; `None` if it was not in.
    pub(crate) fn remove(&mut self, waiter: Pin<&mut Waiter<X>>) -> Option<Left> {
        let mut place = self.find(&waiter)?;
        let woken = self.status(&waiter) == Status::Woken;
        // SAFETY: linked in this list, which is borrowed mutably: alive, and ours.
        let node = unsafe { place.as_mut() };
        let (prev, next) = (node.prev.take(), node.next.take());
        let waker = node.waker.take();
        match prev {
            // SAFETY: a linked neighbour, and not `place`.
            Some(mut prev) => unsafe { prev.as_mut() }.next = next,
            None => self.head = next,
        }
        match next {
            // SAFETY: a linked neighbour, and not `place`.
            Some(mut next) => unsafe { next.as_mut() }.prev = prev,
            None => self.tail = prev,
        }
        if self.unwoken == Some(place) {
            self.unwoken = next;
        }
        // SAFETY: the waiter is not moved out of; only a field is set.
        unsafe { waiter.get_unchecked_mut() }.home = ptr::null();
        Some(Left { woken, waker })
    }

    /// Marks the first that has not been woken as woken.
    ///
    /// Its waker is to be woken as soon as the guard is gone.
    #[must_use]
    pub(crate) fn wake_next(&mut self) -> Option<Waker> {
        let mut first = self.unwoken?;
        // SAFETY: linked in this list, which is borrowed mutably: alive, and ours.
        let node = unsafe { first.as_mut() };
        self.unwoken = node.next;
        node.waker.take()
    }

    /// Marks all who are in line as woken, at once. [`wake_released`](Self::wake_released) gives
    /// their wakers.
    pub(crate) fn release_all(&mut self) {
        self.epoch += 1;
    }

    /// As [`wake_next`](Self::wake_next), for those released by the last `release_all` only.
    #[must_use]
    pub(crate) fn wake_released(&mut self) -> Option<Waker> {
        let first = self.unwoken?;
        // SAFETY: linked in this list, which is borrowed: alive, and nobody writes to it.
        let epoch = unsafe { first.as_ref() }.epoch;
        if epoch < self.epoch { self.wake_next() } else { None }
    }
}
