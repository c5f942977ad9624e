//! The one place that knows whether the crate runs on `std` or under `loom`.

/// A mutex without content that can be made in a constant and knows no poison.
#[derive(Debug)]
pub(crate) struct Mutex(Inner);

#[cfg(not(loom))]
type Inner = std::sync::Mutex<()>;

// loom's mutex cannot be made in a constant, so its first use makes it.
#[cfg(loom)]
type Inner = std::sync::OnceLock<loom::sync::Mutex<()>>;

impl Mutex {
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Self(Inner::new(()))
    }

    #[cfg(loom)]
    pub(crate) const fn new() -> Self {
        Self(Inner::new())
    }

    /// Runs `f` while no other thread is inside `run` of the same mutex.
    #[inline]
    pub(crate) fn run<R>(&self, f: impl FnOnce() -> R) -> R {
        // Poison is of no use here: the state is left whole by every closure, also by one that
        // unwinds out of a comparison of the user's.
        #[cfg(not(loom))]
        let held = self.0.lock();
        #[cfg(loom)]
        let held = self.0.get_or_init(|| loom::sync::Mutex::new(())).lock();
        let _held = held.unwrap_or_else(std::sync::PoisonError::into_inner);
        f()
    }
}
