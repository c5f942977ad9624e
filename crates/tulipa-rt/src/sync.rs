//! The one place that knows whether the crate runs on `std` or under `loom`.

#[cfg(loom)]
pub(crate) use loom::sync::{Mutex, atomic::AtomicU32};
#[cfg(not(loom))]
pub(crate) use std::sync::{Mutex, atomic::AtomicU32};
