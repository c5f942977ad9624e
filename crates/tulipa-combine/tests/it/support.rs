//! What the tests share: a log of what happened in which order, runs that must leave nothing
//! behind, futures that fail, wait and clean up.

use std::cell::{Cell, RefCell};
use std::fmt::{Debug, Display};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use futures_lite::FutureExt;
use tulipa_cancel::CancelExt;
use tulipa_task::current_task;
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

/// What happened, in order.
#[derive(Clone, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub(crate) fn add(&self, what: impl Display) {
        self.0.borrow_mut().push(what.to_string());
    }

    /// Takes what happened so far, one word each.
    pub(crate) fn take(&self) -> String {
        self.0.take().join(" ")
    }
}

/// Runs a future on a new loop, then whatever goes on without it, and gives what was reported.
#[track_caller]
pub(crate) fn run_reporting<F>(future: F) -> (F::Output, Vec<String>)
where
    F: Future<Output: 'static> + 'static,
{
    let test_loop = TestLoop::new();
    let value = test_loop.run_until_complete(future).unwrap_or_else(|stalled| panic!("{stalled}"));
    test_loop.advance(Duration::from_secs(1_000_000));
    assert_eq!(test_loop.pending_tasks(), 0, "tasks left behind");
    assert_eq!(test_loop.armed_timers(), 0, "timers left behind");
    let reports = test_loop.take_reports();
    let text = |report: &tulipa_rt::ExceptionContext| {
        format!("{}: {}", report.message(), report.exception_text().unwrap_or_default())
    };
    (value, reports.iter().map(text).collect())
}

/// Runs a future on a new loop; nothing may be left behind, nothing reported.
#[track_caller]
pub(crate) fn run<F>(future: F) -> F::Output
where
    F: Future<Output: 'static> + 'static,
{
    let (value, reports) = run_reporting(future);
    assert_eq!(reports, [""; 0], "reported");
    value
}

pub(crate) const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Seconds of the virtual clock since the loop began to run the caller.
pub(crate) struct Stopwatch(std::time::Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(tulipa_rt::current().now())
    }

    pub(crate) fn seconds(&self) -> u64 {
        (tulipa_rt::current().now() - self.0).as_secs()
    }
}

pub(crate) async fn after<T>(time: u64, value: T) -> T {
    sleep(seconds(time)).await;
    value
}

/// Panics, without a word on standard error.
pub(crate) fn fail(words: &'static str) -> ! {
    resume_unwind(Box::new(words))
}

pub(crate) async fn fail_after(time: u64, words: &'static str) {
    sleep(seconds(time)).await;
    fail(words)
}

/// Ends cancelled, by its own hand.
pub(crate) async fn cancelled_after(time: u64) {
    sleep(seconds(time)).await;
    current_task().unwrap().cancel();
    yield_now().await;
    unreachable!("it was cancelled");
}

/// What a future's panic said.
pub(crate) async fn panic_of<F: Future>(future: F) -> &'static str {
    match AssertUnwindSafe(future).catch_unwind().await {
        Ok(_) => panic!("it did not panic"),
        Err(payload) => payload.downcast_ref::<&str>().copied().expect("it panics with a str"),
    }
}

/// Waits for ever; cancelled, it cleans up for so long and then logs its name.
pub(crate) async fn cleans_up(log: Log, name: &'static str, time: u64) {
    std::future::pending::<()>()
        .finally(async || {
            sleep(seconds(time)).await;
            log.add(name);
        })
        .await;
}

/// Polls a future once.
pub(crate) async fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_fn(|cx| Poll::Ready(Pin::new(&mut *future).poll(cx))).await
}

/// Counts how often a future is polled.
pub(crate) async fn count_polls<F: Future>(polls: Rc<Cell<usize>>, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| {
        polls.set(polls.get() + 1);
        future.as_mut().poll(cx)
    })
    .await
}

/// Runs a test with one seed after the other; says which one failed.
pub(crate) fn seeds(n: u64, mut test: impl FnMut(&mut fastrand::Rng)) {
    for seed in 0..n {
        telling(&format_args!("seed {seed}"), || test(&mut fastrand::Rng::with_seed(seed)));
    }
}

/// Runs a test; says what it was about if it fails.
pub(crate) fn telling(what: &dyn Debug, test: impl FnOnce()) {
    struct Tell<'a>(&'a dyn Debug);
    impl Drop for Tell<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("failed: {:?}", self.0);
            }
        }
    }
    let _tell = Tell(what);
    test();
}
