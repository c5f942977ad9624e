//! [`Sources`]: which source a poller's key stands for.
//!
//! # Protocol
//!
//! The table belongs to the loop's thread. A source may be dropped on any thread, after it has
//! been taken out of the poller; it then puts its key on the shared list of free keys. A report
//! that was on its way for a dropped source finds a dead entry, or wakes the key's next source
//! for nothing.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tulipa_rt::{Source, WeakSource};

#[derive(Default)]
pub(crate) struct Sources {
    table: RefCell<Vec<Option<WeakSource>>>,
    free: FreeKeys,
    /// How many are there only to end a wait: a busy loop does not ask for them.
    quiet: Cell<usize>,
}

/// Where the keys of dropped sources go.
#[derive(Clone, Default)]
pub(crate) struct FreeKeys(Arc<Mutex<Vec<usize>>>);

impl FreeKeys {
    fn lock(&self) -> MutexGuard<'_, Vec<usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn put(&self, key: usize) {
        self.lock().push(key);
    }
}

impl Sources {
    pub(crate) fn reserve(&self) -> usize {
        self.free.lock().pop().unwrap_or_else(|| {
            let mut table = self.table.borrow_mut();
            table.push(None);
            table.len() - 1
        })
    }

    pub(crate) fn put(&self, key: usize, source: WeakSource) {
        self.table.borrow_mut()[key] = Some(source);
    }

    pub(crate) fn release(&self, key: usize) {
        self.free.put(key);
    }

    pub(crate) fn free_keys(&self) -> FreeKeys {
        self.free.clone()
    }

    pub(crate) fn any(&self) -> bool {
        self.free.lock().len() + self.quiet.get() < self.table.borrow().len()
    }

    pub(crate) fn count_quiet(&self, more: isize) {
        self.quiet.set(self.quiet.get().saturating_add_signed(more));
    }

    /// The source of a key, if it has not been dropped.
    pub(crate) fn get(&self, key: usize) -> Option<Source> {
        let source = self.table.borrow().get(key).cloned().flatten();
        source.and_then(|source| source.upgrade())
    }
}
