//! [`HandPolled`]: a future that the test polls itself, and a waker that counts.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, Wake, Waker};

/// Counts how often it was woken.
///
/// # Examples
///
/// ```
/// use tulipa_test::CountingWaker;
///
/// let counting = CountingWaker::new();
/// counting.waker().wake_by_ref();
/// assert_eq!(counting.wakes(), 1);
/// ```
#[derive(Debug)]
pub struct CountingWaker {
    count: Arc<Count>,
    waker: Waker,
}

#[derive(Debug, Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        // Relaxed: a count; who compares it has joined the threads that wake.
        self.0.fetch_add(1, Relaxed);
    }
}

impl CountingWaker {
    /// A waker that has not been woken.
    pub fn new() -> Self {
        let count = Arc::<Count>::default();
        Self { waker: Waker::from(count.clone()), count }
    }

    /// The waker to hand out.
    pub fn waker(&self) -> &Waker {
        &self.waker
    }

    /// How often it was woken.
    pub fn wakes(&self) -> usize {
        self.count.0.load(Relaxed)
    }

    /// How many clones of the waker are held by others.
    pub fn clones(&self) -> usize {
        // Less the one in `count` and the one in `waker`.
        Arc::strong_count(&self.count) - 2
    }
}

impl Default for CountingWaker {
    fn default() -> Self {
        Self::new()
    }
}

/// A future under the hand of the test: no loop, a poll when the test says so.
///
/// # Examples
///
/// ```
/// use std::task::Poll;
/// use tulipa_test::HandPolled;
///
/// let mut future = HandPolled::new(async { 1 });
/// assert_eq!(future.poll(), Poll::Ready(1));
/// ```
pub struct HandPolled<F> {
    future: Pin<Box<F>>,
    waker: CountingWaker,
    seen: usize,
}

impl<F: Future> HandPolled<F> {
    /// Takes a future; nothing is polled yet.
    pub fn new<I: IntoFuture<IntoFuture = F>>(future: I) -> Self {
        Self { future: Box::pin(future.into_future()), waker: CountingWaker::new(), seen: 0 }
    }

    /// Polls once.
    pub fn poll(&mut self) -> Poll<F::Output> {
        self.seen = self.waker.wakes();
        self.future.as_mut().poll(&mut Context::from_waker(self.waker.waker()))
    }

    /// Whether it was woken since the last poll.
    pub fn is_woken(&self) -> bool {
        self.waker.wakes() > self.seen
    }

    /// How often it was woken in all.
    pub fn wakes(&self) -> usize {
        self.waker.wakes()
    }

    /// The future itself.
    pub fn future(&self) -> &F {
        &self.future
    }

    /// The future itself, to call what needs it pinned.
    pub fn future_mut(&mut self) -> Pin<&mut F> {
        self.future.as_mut()
    }
}

impl<F> fmt::Debug for HandPolled<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandPolled").field("wakes", &self.waker.wakes()).finish_non_exhaustive()
    }
}
