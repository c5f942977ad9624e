//! The promises of the traits in `tulipa-rt`, as checks that any loop can run on itself.
//!
//! A loop implements [`Subject`] in its own tests and calls the four kits, [`clock`], [`timer`],
//! [`reactor`] and [`schedule`]. Each makes a new loop for each of its checks, and panics at the
//! first promise that is not kept, saying which.
//!
//! # Examples
//!
//! ```
//! use tulipa_test::{TestLoop, conformance};
//!
//! conformance::clock(TestLoop::new);
//! ```

mod clock;
mod reactor;
mod reactor_crowd;
mod schedule;
mod schedule_threads;
mod timer;
mod timer_crowd;

use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use tulipa_rt::{Interest, Runtime, Source};

pub use clock::clock;
pub use reactor::reactor;
pub use schedule::schedule;
pub use timer::timer;

/// A loop under test. Dropping it closes the loop.
///
/// # Examples
///
/// How a real loop is put to the test:
///
/// ```
/// use std::rc::Rc;
/// use std::time::Duration;
/// use tulipa_rt::Runtime;
/// use tulipa_test::conformance::{self, Subject};
/// # use tulipa_test::TestLoop;
/// # struct EventLoop(TestLoop);
/// # impl EventLoop {
/// #     fn new() -> Self { Self(TestLoop::new()) }
/// #     fn runtime(&self) -> Rc<dyn Runtime> { self.0.runtime() }
/// #     fn turn(&mut self, wait: Option<Duration>) { Subject::turn(&mut self.0, wait.unwrap()); }
/// # }
///
/// struct Real(EventLoop);
///
/// impl Subject for Real {
///     fn runtime(&self) -> Rc<dyn Runtime> {
///         self.0.runtime()
///     }
///
///     fn turn(&mut self, wait: Duration) {
///         self.0.turn(Some(wait));
///     }
///     # fn pass_time(&mut self, time: Duration) { self.0.0.pass_time(time); }
/// }
///
/// conformance::clock(|| Real(EventLoop::new()));
/// ```
pub trait Subject {
    /// The loop as what waits sees it.
    fn runtime(&self) -> Rc<dyn Runtime>;

    /// One iteration. If nothing is ready it waits for that, at most for `wait` by the loop's own
    /// clock.
    fn turn(&mut self, wait: Duration);

    /// Lets at least this time pass on the loop's clock, without an iteration.
    ///
    /// Provided for a loop whose clock is the machine's: the thread sleeps.
    fn pass_time(&mut self, time: Duration) {
        std::thread::sleep(time);
    }

    /// Tells the loop that the source is ready, for a loop that does not ask the operating
    /// system. Called whenever a source has become ready.
    ///
    /// Provided for a loop that does ask: nothing.
    fn report(&mut self, source: &Source, interest: Interest) {
        let _ = (source, interest);
    }
}

/// Longer than anything here takes; a loop that waits as long as this was not woken.
const LONG: Duration = Duration::from_secs(20);

/// A wait between two looks at what should come by itself.
const SHORT: Duration = Duration::from_millis(5);

/// How many of the things that exist in crowds. The optimizer makes the difference of ten.
const CROWD: usize = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };

/// Iterations until it is done, each waiting up to `wait`.
///
/// # Panics
///
/// If it is not done in time, saying what was expected.
#[track_caller]
fn turn_until<S: Subject>(subject: &mut S, wait: Duration, what: &str, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        subject.turn(wait);
        assert!(start.elapsed() < LONG, "in {LONG:?} it did not happen that {what}");
    }
}

/// Iterations that do not wait: enough of them for what is ready, and for what that makes ready.
fn settle<S: Subject>(subject: &mut S) {
    for _ in 0..4 {
        subject.turn(Duration::ZERO);
    }
}

/// What happened, in order; written by wakers and tasks.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<usize>>>);

impl Log {
    fn add(&self, event: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    fn take(&self) -> Vec<usize> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// A waker that writes this event.
    fn waker(&self, event: usize) -> Waker {
        waker(OnWake({
            let log = self.clone();
            move || log.add(event)
        }))
    }
}

/// A waker that runs a closure.
struct OnWake<F>(F);

impl<F: Fn() + Send + Sync + 'static> Wake for OnWake<F> {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

fn waker<F: Fn() + Send + Sync + 'static>(on_wake: OnWake<F>) -> Waker {
    Waker::from(Arc::new(on_wake))
}

/// Runs a closure when it is dropped.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
