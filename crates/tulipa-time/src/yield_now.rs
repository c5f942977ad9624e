//! [`yield_now`]: let the others run.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::FusedFuture;

/// Gives up the rest of this iteration: asyncio's `sleep(0)`.
///
/// Always suspends once. The task goes to the end of the ready queue: whatever is ready now runs
/// first, each task once, and tasks that do this in a loop take turns. Works on any executor.
///
/// # Cancel safety
///
/// Holds nothing.
///
/// # Examples
///
/// ```
/// use tulipa_task::create_task;
/// use tulipa_time::yield_now;
///
/// tulipa_test::run(async {
///     let other = create_task(async {});
///     yield_now().await;
///     assert!(other.done());
/// });
/// ```
#[doc(alias = "sleep(0)")]
#[doc(alias = "checkpoint")]
pub fn yield_now() -> YieldNow {
    YieldNow { yielded: false }
}

/// The future of [`yield_now`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct YieldNow {
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl FusedFuture for YieldNow {
    fn is_terminated(&self) -> bool {
        self.yielded
    }
}
