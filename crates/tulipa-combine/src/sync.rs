//! The one place that knows whether the crate runs on `std` or under `loom`.

use std::sync::PoisonError;

#[cfg(loom)]
pub(crate) use loom::sync::{Mutex, MutexGuard, atomic::AtomicBool};
#[cfg(not(loom))]
pub(crate) use std::sync::{Mutex, MutexGuard, atomic::AtomicBool};

/// Poison is ignored: nothing that can panic runs under the lock of this crate but the clone of a
/// waker, and a slot for a waker is one after that too.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
