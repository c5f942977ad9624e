//! The one place that knows whether the crate runs on `std` or under `loom`.
//!
//! What threads share goes through here: the mutex, the flags in `Shared`, what is published
//! once, and the thread-locals (loom's threads are not threads of the system). `Arc` stays the
//! standard library's, for there is no protocol of ours in it.

#[cfg(loom)]
pub(crate) use loom::sync::atomic::{AtomicBool, AtomicU32};
#[cfg(not(loom))]
pub(crate) use std::sync::atomic::{AtomicBool, AtomicU32};

#[cfg(loom)]
pub(crate) use loom::sync::MutexGuard;
#[cfg(not(loom))]
pub(crate) use std::sync::MutexGuard;

/// A mutex that knows no poison and can be made in a constant.
#[derive(Debug)]
pub(crate) struct Mutex<T>(Inner<T>);

#[cfg(not(loom))]
type Inner<T> = std::sync::Mutex<T>;

// loom's mutex cannot be made in a constant, so its first use makes it, empty.
#[cfg(loom)]
type Inner<T> = std::sync::OnceLock<loom::sync::Mutex<T>>;

impl<T: Default> Mutex<T> {
    #[cfg(not(loom))]
    pub(crate) const fn new(value: T) -> Self {
        Self(Inner::new(value))
    }

    #[cfg(loom)]
    pub(crate) const fn new(value: T) -> Self {
        std::mem::forget(value);
        Self(Inner::new())
    }

    /// Poison is ignored: nothing that can panic runs under the locks of this crate but the
    /// clone of a waker, and lists of wakers are lists after that too.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        #[cfg(not(loom))]
        let held = self.0.lock();
        #[cfg(loom)]
        let held = self.0.get_or_init(|| loom::sync::Mutex::new(T::default())).lock();
        held.unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// What is set once. Only `get` is without a lock: see [`set`](Self::set).
#[cfg(not(loom))]
#[derive(Debug)]
pub(crate) struct Once<T>(std::sync::OnceLock<T>);

#[cfg(not(loom))]
impl<T> Once<T> {
    pub(crate) const fn new() -> Self {
        Self(std::sync::OnceLock::new())
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// Sets it, or keeps what is set. Call it under a lock of your own, or threads wait here.
    pub(crate) fn set(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(make)
    }
}

/// loom has no `OnceLock`, so the order that one makes between `set` and `get` is a mutex's here.
#[cfg(loom)]
#[derive(Debug)]
pub(crate) struct Once<T> {
    value: std::sync::OnceLock<T>,
    is_set: Mutex<bool>,
}

#[cfg(loom)]
impl<T> Once<T> {
    pub(crate) const fn new() -> Self {
        Self { value: std::sync::OnceLock::new(), is_set: Mutex::new(false) }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        let is_set = *self.is_set.lock();
        if is_set { self.value.get() } else { None }
    }

    pub(crate) fn set(&self, make: impl FnOnce() -> T) -> &T {
        let value = self.value.get_or_init(make);
        *self.is_set.lock() = true;
        value
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// A thread-local that costs no check whether it has been made.
#[cfg(not(loom))]
macro_rules! local {
    ($(static $name:ident: $type:ty = $init:expr;)*) => {
        std::thread_local! { $(static $name: $type = const { $init };)* }
    };
}

#[cfg(loom)]
macro_rules! local {
    ($(static $name:ident: $type:ty = $init:expr;)*) => {
        loom::thread_local! { $(static $name: $type = $init;)* }
    };
}

pub(crate) use local;
