//! [`LoopHandle`]: the loop as other threads reach it, with tasks.

use std::fmt;
use std::ops::Deref;

use tulipa_loop::LoopClosed;
use tulipa_task::{ConcurrentFuture, submission};

/// Reaches a loop from any thread. Cheap to clone; does not keep the loop alive.
///
/// `call_soon_threadsafe`, `stop` and `is_closed` are the methods of [`tulipa_loop::LoopHandle`].
///
/// # Examples
///
/// ```
/// use tulipa::EventLoop;
///
/// let event_loop = EventLoop::new()?;
/// let handle = event_loop.handle();
/// let worker = std::thread::spawn(move || {
///     let answer = handle.run_coroutine_threadsafe(async || 6 * 7).unwrap();
///     let answer = answer.wait(None).unwrap();
///     handle.stop().unwrap();
///     answer
/// });
/// event_loop.run_forever()?;
/// assert_eq!(worker.join().unwrap(), 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct LoopHandle {
    inner: tulipa_loop::LoopHandle,
}

impl LoopHandle {
    pub(crate) fn new(inner: tulipa_loop::LoopHandle) -> Self {
        Self { inner }
    }

    /// Runs a future as a task on the loop, from any thread.
    ///
    /// The future is made on the loop's thread, by the closure, so it need not be `Send`. Await
    /// what comes back on another loop, or [`wait`](ConcurrentFuture::wait) for it on a thread
    /// without one.
    ///
    /// # Errors
    ///
    /// [`LoopClosed`], with nothing to give back: the closure is dropped.
    #[track_caller]
    pub fn run_coroutine_threadsafe<M, F>(
        &self,
        make: M,
    ) -> Result<ConcurrentFuture<F::Output>, LoopClosed>
    where
        M: FnOnce() -> F + Send + 'static,
        F: Future<Output: Send + 'static> + 'static,
    {
        let (job, future) = submission(make);
        self.inner.call_soon_threadsafe(job).map(|_| future).map_err(|_| LoopClosed(()))
    }
}

impl Deref for LoopHandle {
    type Target = tulipa_loop::LoopHandle;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl fmt::Debug for LoopHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
