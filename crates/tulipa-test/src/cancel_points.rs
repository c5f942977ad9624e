//! [`cancel_at_every_suspension`]: one scenario, cancelled wherever it can be.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use tulipa_rt::ExceptionContext;
use tulipa_task::current_task;

use crate::TestLoop;

/// When, relative to a suspension, the cancellation comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// While it is suspended, before anything has woken it.
    Suspended,
    /// After it was woken, before it runs: what it waited for may be there.
    Woken,
}

/// Cancels the task that runs [`victim`](Self::victim) at one of its suspensions.
#[derive(Clone)]
pub struct CancelPoint {
    at: usize,
    when: When,
    suspensions: Rc<Cell<usize>>,
    hit: Rc<Cell<bool>>,
}

impl CancelPoint {
    /// Wraps the part of a task that is to be cancelled. Use it once in a scenario.
    ///
    /// Suspends when the future does; each of its suspensions is a place to cancel at.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future.
    ///
    /// # Panics
    ///
    /// Outside a task, when the time to cancel it has come.
    pub async fn victim<F: IntoFuture>(&self, future: F) -> F::Output {
        let mut future = pin!(future.into_future());
        poll_fn(|cx| {
            if self.when == When::Woken && self.suspensions.get() == self.at {
                self.cancel();
            }
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                return Poll::Ready(value);
            }
            self.suspensions.set(self.suspensions.get() + 1);
            if self.when == When::Suspended && self.suspensions.get() == self.at {
                self.cancel();
                // What is inside must see it before what is around it, as in a poll of its own.
                return future.as_mut().poll(cx);
            }
            Poll::Pending
        })
        .await
    }

    fn cancel(&self) {
        if !self.hit.replace(true) {
            current_task().expect("a victim runs in a task").cancel();
        }
    }

    /// Whether the cancellation has been requested.
    pub fn hit(&self) -> bool {
        self.hit.get()
    }
}

impl fmt::Debug for CancelPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cancel at suspension {} ({:?})", self.at, self.when)
    }
}

/// Runs a scenario again and again, cancelling its victim at its first suspension, its second,
/// and so on, both while suspended and after it was woken; returns how many suspensions the
/// victim has when nobody cancels it.
///
/// The scenario makes everything anew, gives one part of one task to
/// [`CancelPoint::victim`], and asserts at its end what must hold whatever happened: no lock
/// held, no waiter left, no item lost. After each run this function checks that the loop is
/// clean: no task left, no timer armed, nothing reported.
///
/// # Panics
///
/// If a run panics, stalls or leaves something behind, naming the suspension.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_task::create_task;
/// use tulipa_test::cancel_at_every_suspension;
/// use tulipa_time::sleep;
///
/// let suspensions = cancel_at_every_suspension(|point| async move {
///     let nap = Duration::from_secs(1);
///     let task = create_task(async move {
///         point.victim(async { sleep(nap).await; sleep(nap).await }).await;
///     });
///     let _ = task.await;
/// });
/// assert_eq!(suspensions, 2);
/// ```
#[track_caller]
pub fn cancel_at_every_suspension<F>(scenario: impl Fn(CancelPoint) -> F) -> usize
where
    F: Future<Output = ()> + 'static,
{
    let uncancelled = [When::Suspended, When::Woken].map(|when| {
        let mut points = (1..).map(|at| CancelPoint {
            at,
            when,
            suspensions: Rc::default(),
            hit: Rc::default(),
        });
        let past_the_end = points.find(|point| {
            run_once(point, scenario(point.clone()));
            !point.hit()
        });
        past_the_end.expect("there is always another number").suspensions.get()
    });
    assert_eq!(uncancelled[0], uncancelled[1], "the scenario differs from run to run");
    uncancelled[0]
}

#[track_caller]
fn run_once(point: &CancelPoint, scenario: impl Future<Output = ()> + 'static) {
    let test_loop = TestLoop::new();
    let run = AssertUnwindSafe(|| test_loop.run_until_complete(scenario));
    match catch_unwind(run) {
        Ok(Ok(())) => {}
        Ok(Err(stalled)) => panic!("{point:?}: a wake-up was lost: {stalled}"),
        Err(payload) => {
            let context = ExceptionContext::new(format!("{point:?}: panicked"));
            panic!("{}", context.panic(&*payload));
        }
    }
    test_loop.run_until_stalled();
    let left = (test_loop.pending_tasks(), test_loop.armed_timers());
    assert_eq!(left, (0, 0), "{point:?}: tasks and timers left behind");
    let reports = test_loop.take_reports();
    assert!(reports.is_empty(), "{point:?}: reported {reports:?}");
}
