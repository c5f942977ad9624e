//! CPython's own tests of sleeps and timeouts, written anew. Each test names the one it stands for;
//! `README.md` lists those that have no place here. A hundredth of a second there is a second here.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use tulipa_cancel::catch_cancel;
use tulipa_task::current_task;
use tulipa_test::TestLoop;
use tulipa_time::sleep;

mod sleep; // test_tasks: sleep
mod timeouts; // test_timeouts: one deadline, and what it leaves behind
mod timeouts_errors; // test_timeouts: errors and cancellations beside a deadline
mod timeouts_moved; // test_timeouts: reschedule
mod timeouts_nested; // test_timeouts: deadlines in deadlines
mod wait_for; // test_waitfor

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn now() -> Instant {
    tulipa_rt::current().now()
}

/// Runs a future on a new loop, and gives how many seconds it took. No task, no timer and no
/// report may be left.
#[track_caller]
fn timed<F>(future: F) -> (u64, F::Output)
where
    F: Future<Output: 'static> + 'static,
{
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let value = test_loop.run_until_complete(future).unwrap_or_else(|stalled| panic!("{stalled}"));
    let took = test_loop.now() - start;
    assert_eq!((test_loop.pending_tasks(), test_loop.armed_timers()), (0, 0), "left behind");
    assert_eq!(test_loop.take_reports().len(), 0, "reported");
    assert_eq!(took.subsec_nanos(), 0);
    (took.as_secs(), value)
}

#[track_caller]
fn run<F>(future: F) -> F::Output
where
    F: Future<Output: 'static> + 'static,
{
    timed(future).1
}

/// Polls a future once.
async fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_fn(|cx| Poll::Ready(Pin::new(&mut *future).poll(cx))).await
}

/// Ends the task's own wait with its cancellation, and answers it.
async fn cancel_and_swallow() {
    current_task().expect("called in a task").cancel();
    catch_cancel(sleep(seconds(1))).await.expect_err("the task is cancelled").suppress();
}
