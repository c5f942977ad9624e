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
//! sentinel. No member is taken out while a visitor looks at members.
//!
//! Done-callbacks wait beside the list, by task: few tasks have any, and a closure that is not
//! `Send` has no place in a header that other threads may drop.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::ptr::{self, NonNull};
use std::rc::Rc;
use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};

use crate::header::{Header, TaskId};

/// A place in the list; null while in none.
#[derive(Default)]
pub(crate) struct Links {
    next: AtomicPtr<Links>,
    previous: AtomicPtr<Links>,
}

thread_local! {
    /// Whether a visitor holds references to members of a list of this thread.
    static VISITING: Cell<bool> = const { Cell::new(false) };
}

type DoneCallback = Box<dyn FnOnce()>;

/// The tasks of a loop that have not ended.
pub struct TaskList {
    sentinel: Rc<Links>,
    done_callbacks: RefCell<HashMap<TaskId, Vec<(u64, DoneCallback)>>>,
    next_callback: Cell<u64>,
}

impl TaskList {
    /// A list without tasks.
    pub fn new() -> Self {
        let sentinel = Rc::<Links>::default();
        sentinel.next.store(Rc::as_ptr(&sentinel).cast_mut(), Relaxed);
        sentinel.previous.store(Rc::as_ptr(&sentinel).cast_mut(), Relaxed);
        Self { sentinel, done_callbacks: RefCell::default(), next_callback: Cell::new(0) }
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
        let last = self.sentinel.previous.swap(links, Relaxed);
        header.links.next.store(Rc::as_ptr(&self.sentinel).cast_mut(), Relaxed);
        header.links.previous.store(last, Relaxed);
        // SAFETY: what the sentinel points at is the sentinel or in the list, and so, by the
        // contract of this function, still there.
        unsafe { &*last }.next.store(links, Relaxed);
    }

    /// Takes a task out of the list it is in; does nothing if it is in none.
    ///
    /// # Safety
    ///
    /// Called on the thread of the header's loop.
    pub unsafe fn remove(header: &Header) {
        if VISITING.get() {
            eprintln!(
                "a task ended inside `TaskList::for_each`: keep what you need, act afterwards"
            );
            std::process::abort(); // the visitor holds references to tasks
        }
        let next = header.links.next.swap(ptr::null_mut(), Relaxed);
        let previous = header.links.previous.swap(ptr::null_mut(), Relaxed);
        if !next.is_null() {
            // SAFETY: both are members of the list that the header was in, or its sentinel.
            unsafe {
                (*previous).next.store(next, Relaxed);
                (*next).previous.store(previous, Relaxed);
            }
        }
    }

    /// Whether no task is left.
    pub fn is_empty(&self) -> bool {
        self.after(&self.sentinel).is_none()
    }

    /// Visits every task, oldest first. `visit` must not run or drop tasks: a task that ends
    /// meanwhile aborts the process. Keep what is needed (a handle) and act afterwards.
    pub fn for_each(&self, mut visit: impl FnMut(&Header)) {
        struct Restore(bool);
        impl Drop for Restore {
            fn drop(&mut self) {
                VISITING.set(self.0);
            }
        }
        let _restore = Restore(VISITING.replace(true));
        let mut next = self.after(&self.sentinel);
        while let Some(header) = next {
            visit(header);
            next = self.after(&header.links);
        }
    }

    /// The task behind this place in the list, which belongs to a member or is the sentinel.
    fn after(&self, links: &Links) -> Option<&Header> {
        let next = NonNull::new(links.next.load(Relaxed))?;
        // SAFETY: a member that is not the sentinel is the first field of a `repr(C)` header,
        // which is there as long as it is in the list.
        (next.as_ptr() != Rc::as_ptr(&self.sentinel).cast_mut())
            .then(|| unsafe { next.cast::<Header>().as_ref() })
    }

    /// Keeps a callback for the end of a task; the number names it, and no other of this list.
    pub fn add_done_callback(&self, task: &Header, run: Box<dyn FnOnce()>) -> u64 {
        let id = self.next_callback.get();
        self.next_callback.set(id + 1);
        self.done_callbacks.borrow_mut().entry(task.id()).or_default().push((id, run));
        id
    }

    /// Forgets a callback; `false` if it was forgotten or taken before.
    pub fn remove_done_callback(&self, task: &Header, id: u64) -> bool {
        let mut callbacks = self.done_callbacks.borrow_mut();
        let found = callbacks.get_mut(&task.id()).and_then(|of_task| {
            let at = of_task.iter().position(|(held, _)| *held == id)?;
            Some(of_task.remove(at))
        });
        // What a closure holds may come back here as it drops.
        drop(callbacks);
        found.is_some()
    }

    /// Takes the callbacks of a task that has ended, in the order they were added.
    pub fn take_done_callbacks(&self, task: &Header) -> impl Iterator<Item = Box<dyn FnOnce()>> {
        let mut callbacks = self.done_callbacks.borrow_mut();
        let taken = if callbacks.is_empty() { None } else { callbacks.remove(&task.id()) };
        taken.into_iter().flatten().map(|(_, run)| run)
    }
}

impl Drop for TaskList {
    fn drop(&mut self) {
        while let Some(first) = self.after(&self.sentinel) {
            // SAFETY: the list is on the thread of its loop, always.
            unsafe { Self::remove(first) };
        }
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
