//! [`shield`]: the work goes on, whatever becomes of the one who waits.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_core::FusedFuture;
use tulipa_cancel::Node;
use tulipa_rt::current;
use tulipa_task::{Task, TaskRef, create_task_at};

use crate::progress::{Progress, Turn, take, unwind};

/// Runs a future as a task of its own that a cancellation of the one who awaits does not reach.
///
/// The awaiting task is cancelled at once, as it would be anywhere; the work goes on to its end.
/// Keep the `Shield` (await it by `&mut`) to have the result later all the same. If the work
/// panics, the panic goes on in the one who awaits; if the work itself is cancelled, so is the one
/// who awaits. With nobody left to await it, a panic goes to the loop's exception handler. To hold
/// a cancellation back until the work has ended, use a `CancelScope` with a shield.
///
/// The task is created now and starts in the next iteration. Suspends until the work has ended.
///
/// # Cancel safety
///
/// Dropping it lets the work go on. Awaiting by `&mut` loses nothing.
///
/// # Panics
///
/// Outside a running loop, naming the caller; with the work's own payload.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_combine::shield;
/// use tulipa_task::create_task;
/// use tulipa_time::sleep;
///
/// tulipa_test::run(async {
///     let work = async { sleep(Duration::from_secs(5)).await };
///     let shielded = shield(work);
///     let view = shielded.task_ref();
///     let waiter = create_task(shielded);
///     sleep(Duration::from_secs(1)).await;
///     waiter.cancel();
///     assert!(waiter.await.is_err());
///     assert!(!view.done());
///     sleep(Duration::from_secs(5)).await;
///     assert!(view.done() && !view.cancelled());
/// });
/// ```
#[track_caller]
pub fn shield<F>(future: F) -> Shield<F::Output>
where
    F: IntoFuture<IntoFuture: 'static, Output: 'static>,
{
    let progress = Rc::<Progress>::default();
    let child = progress.child(0, future.into_future());
    let task = create_task_at(&current(), child, Location::caller());
    Shield { task: Some(task), progress, turn: Turn::default(), unwinding: false }
}

/// The future of [`shield`].
#[must_use = "the work goes on without it, but its result is lost"]
pub struct Shield<T> {
    /// `None` once the result is given.
    task: Option<Task<T>>,
    progress: Rc<Progress>,
    turn: Turn,
    unwinding: bool,
}

impl<T> Shield<T> {
    /// The task that does the work; cancel it through this.
    ///
    /// # Panics
    ///
    /// After the result was given.
    pub fn task_ref(&self) -> TaskRef {
        self.task.as_ref().expect("asked before the result is given").task_ref()
    }
}

impl<T> Future for Shield<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        if self.unwinding {
            return unwind(cx);
        }
        let is_over = self.progress.all_ended();
        if !is_over {
            self.progress.set_waiter(cx.waker());
        }
        if self.turn.poll(cx, is_over).is_pending() {
            let is_there = self.turn.lets_others_go();
            if !is_there || Node::new().poll(cx, |_| Poll::<()>::Pending).is_pending() {
                return Poll::Pending;
            }
            // Cancelled after the end: the token re-arms that, and the value wins.
        }
        let mut task = self.task.take().expect("a shield was polled after it gave its result");
        match take(&mut task) {
            Ok(value) => Poll::Ready(value),
            Err(error) => {
                let _cancelled = error.resume_panic();
                self.unwinding = true;
                unwind(cx)
            }
        }
    }
}

impl<T> Unpin for Shield<T> {}

impl<T> FusedFuture for Shield<T> {
    fn is_terminated(&self) -> bool {
        self.task.is_none() && !self.unwinding
    }
}

impl<T> fmt::Debug for Shield<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shield").field(&self.task).finish()
    }
}
