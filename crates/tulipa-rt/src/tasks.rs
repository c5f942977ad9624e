//! [`TaskList`]: the tasks of one loop that have not ended, in order of creation.
//!
//! # Protocol
//!
//! A circular list through the headers, closed by a sentinel that the list owns on the heap. A
//! link is null or points at a link of the same list. Headers are put in and taken out, and the
//! list is walked and dropped, on the loop's thread only; the links are atomics, used `Relaxed`,
//! so that a header may be looked at from other threads, which never touch them.
//!
//! A header may be put in only if it stays where it is until it is taken out: its task takes it
//! out when its future is dropped, which happens before the allocation goes. A list that is
//! dropped first takes out whatever it still holds, so no link is left that points at the
//! sentinel.
//!
//! Done-callbacks wait beside the list, by task: few tasks have any, and a closure that is not
//! `Send` has no place in a header that other threads may drop.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};

use crate::header::{Header, TaskId};

/// A place in the list; null while in none.
#[derive(Default)]
pub(crate) struct Links {
    next: AtomicPtr<Links>,
    previous: AtomicPtr<Links>,
}

/// The tasks of a loop that have not ended.
pub struct TaskList {
    sentinel: NonNull<Links>,
    done_callbacks: RefCell<HashMap<TaskId, Vec<DoneCallback>>>,
    not_send: PhantomData<*mut Links>,
}

struct DoneCallback {
    id: u64,
    run: Box<dyn FnOnce()>,
}

impl TaskList {
    /// A list without tasks.
    pub fn new() -> Self {
        let sentinel = NonNull::from(Box::leak(Box::<Links>::default()));
        // SAFETY: just made, and nobody else knows it.
        let links = unsafe { sentinel.as_ref() };
        links.next.store(sentinel.as_ptr(), Relaxed);
        links.previous.store(sentinel.as_ptr(), Relaxed);
        Self { sentinel, done_callbacks: RefCell::default(), not_send: PhantomData }
    }

    /// Puts a task at the end.
    ///
    /// # Safety
    ///
    /// The header is in no list, belongs to a task of the calling thread, and stays where it is
    /// until [`remove`](Self::remove) is called with it, on the same thread.
    pub unsafe fn insert(&self, header: &Header) {
        // From the whole header, so that the pointer may be turned back into it.
        let links = ptr::from_ref(header).cast::<Links>().cast_mut();
        // SAFETY: the sentinel lives as long as `self`, and what its links point at is in the
        // list and so, by the contract of this function, still there.
        unsafe {
            let sentinel = self.sentinel.as_ref();
            let last = sentinel.previous.load(Relaxed);
            header.links.next.store(self.sentinel.as_ptr(), Relaxed);
            header.links.previous.store(last, Relaxed);
            (*last).next.store(links, Relaxed);
            sentinel.previous.store(links, Relaxed);
        }
    }

    /// Takes a task out of the list it is in; does nothing if it is in none.
    ///
    /// # Safety
    ///
    /// Called on the thread of the header's loop.
    pub unsafe fn remove(header: &Header) {
        // SAFETY: the caller's promise is `unlink`'s.
        unsafe { unlink(&header.links) };
    }

    /// Whether no task is left.
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// Keeps a callback for the end of a task; the number names it.
    pub fn add_done_callback(&self, task: &Header, run: Box<dyn FnOnce()>) -> u64 {
        let mut callbacks = self.done_callbacks.borrow_mut();
        let of_task = callbacks.entry(task.id()).or_default();
        let id = of_task.last().map_or(0, |last| last.id + 1);
        of_task.push(DoneCallback { id, run });
        id
    }

    /// Forgets a callback; `false` if it was forgotten or taken before.
    pub fn remove_done_callback(&self, task: &Header, id: u64) -> bool {
        let mut callbacks = self.done_callbacks.borrow_mut();
        let Some(of_task) = callbacks.get_mut(&task.id()) else { return false };
        let Some(at) = of_task.iter().position(|callback| callback.id == id) else { return false };
        let gone = of_task.remove(at);
        // What a closure holds may come back here as it drops.
        drop(callbacks);
        drop(gone);
        true
    }

    /// Takes the callbacks of a task that has ended, in the order they were added.
    pub fn take_done_callbacks(&self, task: &Header) -> impl Iterator<Item = Box<dyn FnOnce()>> {
        let mut callbacks = self.done_callbacks.borrow_mut();
        let taken = if callbacks.is_empty() { None } else { callbacks.remove(&task.id()) };
        taken.into_iter().flatten().map(|callback| callback.run)
    }

    fn first(&self) -> Option<NonNull<Links>> {
        // SAFETY: the sentinel lives as long as `self`.
        let next = unsafe { self.sentinel.as_ref() }.next.load(Relaxed);
        NonNull::new(next).filter(|next| *next != self.sentinel)
    }

    /// Visits every task, oldest first. `visit` must not make, run or drop tasks; keep what is
    /// needed (a handle) and act afterwards.
    pub fn for_each(&self, mut visit: impl FnMut(&Header)) {
        let mut at = self.first();
        while let Some(links) = at {
            // SAFETY: `links` is in the list and not the sentinel, so it is the first field of a
            // `repr(C)` header that is still there; `visit` does not end tasks.
            let header = unsafe { links.cast::<Header>().as_ref() };
            let next = header.links.next.load(Relaxed);
            visit(header);
            at = NonNull::new(next).filter(|next| *next != self.sentinel);
        }
    }
}

/// # Safety
///
/// On the thread of the list; the neighbours of `links`, if any, are still there.
unsafe fn unlink(links: &Links) {
    let next = links.next.swap(ptr::null_mut(), Relaxed);
    let previous = links.previous.swap(ptr::null_mut(), Relaxed);
    if next.is_null() {
        return;
    }
    // SAFETY: both are members of the list that `links` was in, or its sentinel.
    unsafe {
        (*previous).next.store(next, Relaxed);
        (*next).previous.store(previous, Relaxed);
    }
}

impl Drop for TaskList {
    fn drop(&mut self) {
        while let Some(first) = self.first() {
            // SAFETY: a member is still there, and so are its neighbours.
            unsafe { unlink(first.as_ref()) };
        }
        // SAFETY: made by `Box::leak` in `new`; no link points at it any more.
        drop(unsafe { Box::from_raw(self.sentinel.as_ptr()) });
    }
}

impl Default for TaskList {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TaskList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Vec::new();
        self.for_each(|header| names.push(header.name()));
        f.debug_list().entries(names).finish()
    }
}
