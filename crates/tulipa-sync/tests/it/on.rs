//! Three executors with one face: a test is written once, and runs on tulipa, tokio and smol.
//!
//! All three run their tasks from one queue, first come first served, on one thread; the test
//! itself is a task among them. So the order in which tasks run is the same on each, and it is
//! asyncio's. What differs is how a task is cancelled: tokio and smol drop its future, whatever it
//! was woken for; tulipa polls it first, and a value that is ready wins.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tulipa_test::CountingWaker;

/// A test, before it runs.
pub(crate) type Body = Pin<Box<dyn Future<Output = ()>>>;

/// Makes a module of three tests, one per executor, for each test that is named.
macro_rules! on_each_executor {
    ($($body:ident),* $(,)?) => {$(
        mod $body {
            #[test]
            fn tulipa() {
                crate::on::tulipa(Box::pin(super::$body()));
            }

            #[test]
            fn tokio() {
                crate::on::tokio(Box::pin(super::$body()));
            }

            #[test]
            fn smol() {
                crate::on::smol(Box::pin(super::$body()));
            }
        }
    )*};
}
pub(crate) use on_each_executor;

/// The executor that runs on this thread.
#[derive(Clone)]
enum Executor {
    Tulipa,
    Tokio,
    Smol(Rc<smol::LocalExecutor<'static>>),
}

thread_local! {
    static CURRENT: RefCell<Option<Executor>> = const { RefCell::new(None) };
    /// tokio and tulipa keep a panic for whoever awaits the task; a test must fail by it.
    static PANICKED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a test on tulipa's loop of virtual time.
pub(crate) fn tulipa(body: Body) {
    on(Executor::Tulipa, || tulipa_test::run(body));
}

/// Runs a test on tokio's runtime of one thread, in a local set.
pub(crate) fn tokio(body: Body) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let tasks = tokio::task::LocalSet::new();
    let test = tasks.spawn_local(body);
    on(Executor::Tokio, || {
        runtime.block_on(async { drive(tasks.run_until(test)) }).unwrap();
    });
}

/// Runs a test on smol's local executor.
pub(crate) fn smol(body: Body) {
    let executor = Rc::new(smol::LocalExecutor::new());
    let test = executor.spawn(body);
    on(Executor::Smol(Rc::clone(&executor)), || drive(executor.run(test)));
}

fn on(executor: Executor, run: impl FnOnce()) {
    CURRENT.set(Some(executor));
    run();
    CURRENT.set(None);
    assert!(!PANICKED.take(), "a task of the test panicked");
}

/// Polls to the end. Nobody else runs, so when nothing was woken nothing ever will be.
fn drive<F: Future>(future: F) -> F::Output {
    let (mut future, counting) = (pin!(future), CountingWaker::new());
    loop {
        let before = counting.wakes();
        match future.as_mut().poll(&mut Context::from_waker(counting.waker())) {
            Poll::Ready(output) => return output,
            Poll::Pending => {
                assert!(counting.wakes() > before, "a wake-up was lost: all tasks sleep");
            }
        }
    }
}

/// True where a task that is cancelled when its value is ready keeps the value.
pub(crate) fn value_wins() -> bool {
    CURRENT.with_borrow(|executor| matches!(executor, Some(Executor::Tulipa)))
}

/// The executor's own handle on a task.
enum Native {
    Tulipa(tulipa_task::Task<()>),
    Tokio(tokio::task::AbortHandle),
    /// smol cancels a task by dropping its handle; so it is gone once cancelled.
    Smol(Option<smol::Task<()>>),
}

impl Drop for Native {
    fn drop(&mut self) {
        let Self::Smol(task) = self else { return };
        if let Some(task) = task.take() {
            task.detach();
        }
    }
}

/// The future ended by its cancellation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cancelled;

/// How a task stands, for its handles.
struct Standing<T> {
    /// `None` while it runs, and once its result was taken.
    result: RefCell<Option<Result<T, Cancelled>>>,
    ended: Cell<Option<bool>>,
    joiner: Cell<Option<Waker>>,
}

impl<T> Standing<T> {
    fn end(&self, result: Result<T, Cancelled>) {
        self.ended.set(Some(result.is_ok()));
        self.result.replace(Some(result));
        if let Some(joiner) = self.joiner.take() {
            joiner.wake();
        }
    }
}

/// Lies in the task's future: dropped with it, it tells of the cancellation.
struct Teller<T>(Rc<Standing<T>>);

impl<T> Drop for Teller<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            PANICKED.set(true);
        }
        if self.0.ended.get().is_none() {
            self.0.end(Err(Cancelled));
        }
    }
}

/// A handle on a task; the task does not end with its handles.
pub(crate) struct Task<T> {
    standing: Rc<Standing<T>>,
    native: Rc<RefCell<Native>>,
}

impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Self { standing: Rc::clone(&self.standing), native: Rc::clone(&self.native) }
    }
}

/// Starts a task: it runs for the first time when those before it have.
pub(crate) fn spawn<T: 'static>(future: impl Future<Output = T> + 'static) -> Task<T> {
    let standing = Rc::new(Standing {
        result: RefCell::new(None),
        ended: Cell::new(None),
        joiner: Cell::new(None),
    });
    let teller = Teller(Rc::clone(&standing));
    let task: Body = Box::pin(async move {
        let value = future.await;
        teller.0.end(Ok(value));
    });
    let native = match CURRENT.with_borrow(Clone::clone) {
        Some(Executor::Tulipa) => Native::Tulipa(tulipa_task::create_task(task)),
        Some(Executor::Tokio) => Native::Tokio(tokio::task::spawn_local(task).abort_handle()),
        Some(Executor::Smol(executor)) => Native::Smol(Some(executor.spawn(task))),
        None => panic!("no executor runs on this thread"),
    };
    Task { standing, native: Rc::new(RefCell::new(native)) }
}

impl<T> Task<T> {
    /// Cancels the task in its executor's own way: it ends when its turn comes.
    pub(crate) fn cancel(&self) {
        match &mut *self.native.borrow_mut() {
            Native::Tulipa(task) => drop(task.cancel()),
            Native::Tokio(task) => task.abort(),
            Native::Smol(task) => drop(task.take()),
        }
    }

    pub(crate) fn done(&self) -> bool {
        self.standing.ended.get().is_some()
    }

    pub(crate) fn cancelled(&self) -> bool {
        self.standing.ended.get() == Some(false)
    }

    /// The value of a task that has ended well.
    #[track_caller]
    pub(crate) fn result(&self) -> T {
        let result = self.standing.result.take();
        result.expect("it has ended, and nobody took its value").expect("it was not cancelled")
    }

    /// Waits for the end of the task.
    pub(crate) async fn join(&self) -> Result<T, Cancelled> {
        let standing = &self.standing;
        poll_fn(|cx| {
            let result = standing.result.take();
            if result.is_none() {
                standing.joiner.set(Some(cx.waker().clone()));
            }
            result.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

/// Lets everybody else who can run have a turn: asyncio's `sleep(0)`.
pub(crate) async fn turn() {
    futures_lite::future::yield_now().await;
}

/// A deadline without a clock: gives the future so many turns, then drops it.
pub(crate) async fn within<F: Future>(turns: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    for _ in 0..turns {
        if let Some(output) = futures_lite::future::poll_once(future.as_mut()).await {
            return Some(output);
        }
        turn().await;
    }
    None
}

/// What a test shares with its tasks. It is never freed, so that the test reads like its subject.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// What tasks have written down, in order.
pub(crate) struct Log<T>(RefCell<Vec<T>>);

impl<T: Clone> Log<T> {
    pub(crate) fn new() -> &'static Self {
        leak(Self(RefCell::default()))
    }

    pub(crate) fn add(&self, entry: T) {
        self.0.borrow_mut().push(entry);
    }

    pub(crate) fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }
}
