//! [`wait`]: until some or all are done, and which of them are.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::FusedFuture;
use tulipa_task::{CallbackId, Promise, Task};
use tulipa_time::{Sleep, sleep};

/// When [`wait`] has waited enough.
///
/// # Examples
///
/// ```
/// use tulipa_combine::{ReturnWhen, wait};
/// use tulipa_task::create_task;
///
/// tulipa_test::run(async {
///     let never = create_task(std::future::pending::<()>());
///     let soon = create_task(async {});
///     let waiting = wait([&never, &soon]).return_when(ReturnWhen::FirstCompleted);
///     let (done, pending) = waiting.await;
///     assert_eq!((done[0].id(), pending[0].id()), (soon.id(), never.id()));
///     never.cancel();
/// });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReturnWhen {
    /// When one is done.
    #[doc(alias = "FIRST_COMPLETED")]
    FirstCompleted,
    /// When one has panicked (a promise: has an exception), or all are done. One that was
    /// cancelled counts as done, not as failed.
    FirstException,
    /// When all are done.
    #[doc(alias = "ALL_COMPLETED")]
    #[default]
    AllCompleted,
}

/// What [`wait`] can wait for: a [`Task`], a [`Promise`], or a reference to one.
///
/// A type that has one of them inside may pass all of it on.
///
/// # Examples
///
/// ```
/// use tulipa_combine::{Waitable, wait};
/// use tulipa_task::{CallbackId, Task, create_task};
///
/// struct Download {
///     url: &'static str,
///     task: Task<Vec<u8>>,
/// }
///
/// impl Waitable for Download {
///     fn is_done(&self) -> bool {
///         self.task.is_done()
///     }
///     fn has_failed(&self) -> bool {
///         self.task.has_failed()
///     }
///     fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId {
///         self.task.when_done(callback)
///     }
///     fn forget(&self, callback: CallbackId) {
///         self.task.forget(callback);
///     }
/// }
///
/// tulipa_test::run(async {
///     let task = create_task(async { vec![1, 2, 3] });
///     let (done, _) = wait([Download { url: "/", task }]).await;
///     assert_eq!(done[0].url, "/");
///     assert_eq!(done[0].task.result().unwrap().len(), 3);
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be waited for",
    label = "neither a task nor a promise nor a reference to one",
    note = "make a task of a future first: `wait([create_task(first()), create_task(second())])`"
)]
pub trait Waitable {
    /// Whether it is done, in whatever way.
    fn is_done(&self) -> bool;

    /// Whether it ended by a panic or with an exception. To ask does not count as retrieving it.
    fn has_failed(&self) -> bool;

    /// Calls back from the loop, once, when it is done; never inside this call.
    fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId;

    /// Takes the callback back, if it has not been called.
    fn forget(&self, callback: CallbackId);
}

impl<T> Waitable for Task<T> {
    fn is_done(&self) -> bool {
        self.done()
    }

    fn has_failed(&self) -> bool {
        self.panicked()
    }

    fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId {
        self.add_done_callback(|_| callback())
    }

    fn forget(&self, callback: CallbackId) {
        self.remove_done_callback(callback);
    }
}

impl<T: 'static> Waitable for Promise<T> {
    fn is_done(&self) -> bool {
        self.done()
    }

    fn has_failed(&self) -> bool {
        self.failed()
    }

    fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId {
        self.add_done_callback(|_| callback())
    }

    fn forget(&self, callback: CallbackId) {
        self.remove_done_callback(callback);
    }
}

macro_rules! wait_through_reference {
    ($($reference:ty),+) => {$(
        impl<W: Waitable + ?Sized> Waitable for $reference {
            fn is_done(&self) -> bool {
                (**self).is_done()
            }

            fn has_failed(&self) -> bool {
                (**self).has_failed()
            }

            fn when_done(&self, callback: Box<dyn FnOnce()>) -> CallbackId {
                (**self).when_done(callback)
            }

            fn forget(&self, callback: CallbackId) {
                (**self).forget(callback);
            }
        }
    )+};
}

wait_through_reference!(&W, &mut W);

/// Waits until tasks are done, and gives back those that are and those that are not.
///
/// Takes tasks, promises, or references to them, and returns `(done, pending)`, both in argument
/// order. Nothing is cancelled, and no error is raised: look at the results. Cancelling the one
/// who waits leaves the tasks alone; give references if the handles are needed afterwards.
///
/// Always suspends, for an iteration at least; with no tasks it returns two empty lists.
///
/// # Cancel safety
///
/// Dropping it leaves the tasks alone, but drops the handles it was given.
///
/// # Panics
///
/// With a [`timeout`](Wait::timeout), when polled outside a running loop; when polled after it
/// gave the tasks back.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use tulipa_combine::wait;
/// use tulipa_task::create_task;
/// use tulipa_time::sleep;
///
/// tulipa_test::run(async {
///     let [second, minute] = [1, 60].map(Duration::from_secs);
///     let tasks = [second, minute].map(|nap| create_task(sleep(nap)));
///     let (done, pending) = wait(tasks).timeout(2 * second).await;
///     assert_eq!((done.len(), pending.len()), (1, 1));
///     pending[0].cancel();
/// });
/// ```
#[doc(alias = "select")]
#[doc(alias = "race")]
pub fn wait<I>(tasks: I) -> Wait<I::Item>
where
    I: IntoIterator<Item: Waitable>,
{
    Wait {
        items: tasks.into_iter().collect(),
        callbacks: Vec::new(),
        news: Rc::default(),
        sleep: None,
        return_when: ReturnWhen::default(),
        stage: Stage::New,
    }
}

/// The future of [`wait`].
#[must_use = "futures do nothing unless awaited"]
pub struct Wait<W: Waitable> {
    items: Vec<W>,
    callbacks: Vec<Option<CallbackId>>,
    news: Rc<News>,
    sleep: Option<Sleep>,
    return_when: ReturnWhen,
    stage: Stage,
}

#[derive(PartialEq)]
enum Stage {
    New,
    Waiting,
    /// It is enough already, but for the iteration that it takes at least.
    Enough,
    Over,
}

/// What the callbacks tell.
#[derive(Default)]
struct News {
    pending: Cell<usize>,
    return_when: Cell<ReturnWhen>,
    /// The places of those that are done and that nobody has looked at, if it matters how.
    done: RefCell<Vec<usize>>,
    waiter: RefCell<Option<Waker>>,
}

impl News {
    fn is_done(&self, place: usize) {
        if self.return_when.get() == ReturnWhen::FirstException {
            self.done.borrow_mut().push(place);
        }
    }

    fn one_more_is_done(&self, place: usize) {
        self.is_done(place);
        self.pending.set(self.pending.get() - 1);
        // Of many tasks only the last need wake the one who waits for all.
        if self.return_when.get() != ReturnWhen::AllCompleted || self.pending.get() == 0 {
            let waiter = self.waiter.borrow_mut().take();
            if let Some(waiter) = waiter {
                waiter.wake();
            }
        }
    }
}

impl<W: Waitable> Wait<W> {
    /// Waits at most so long, from when it is first polled. A time of zero is one iteration.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.sleep = Some(sleep(timeout));
        self
    }

    /// Sets when it has waited enough; unset, when all are done. See [`ReturnWhen`].
    pub fn return_when(mut self, return_when: ReturnWhen) -> Self {
        self.return_when = return_when;
        self
    }

    fn start(&mut self) {
        self.news.return_when.set(self.return_when);
        let watch = |(place, item): (usize, &W)| {
            if item.is_done() {
                self.news.is_done(place);
                return None;
            }
            self.news.pending.set(self.news.pending.get() + 1);
            let news = self.news.clone();
            Some(item.when_done(Box::new(move || news.one_more_is_done(place))))
        };
        self.callbacks = self.items.iter().enumerate().map(watch).collect();
    }

    fn is_enough(&self) -> bool {
        let pending = self.news.pending.get();
        let failed = |place: usize| self.items[place].has_failed();
        pending == 0
            || match self.return_when {
                ReturnWhen::AllCompleted => false,
                ReturnWhen::FirstCompleted => pending < self.items.len(),
                ReturnWhen::FirstException => self.news.done.take().into_iter().any(failed),
            }
    }

    fn finish(&mut self) -> (Vec<W>, Vec<W>) {
        self.stage = Stage::Over;
        self.forget_callbacks();
        std::mem::take(&mut self.items).into_iter().partition(Waitable::is_done)
    }

    fn forget_callbacks(&mut self) {
        for (item, callback) in self.items.iter().zip(self.callbacks.drain(..)) {
            if let Some(callback) = callback {
                item.forget(callback);
            }
        }
    }
}

impl<W: Waitable> Future for Wait<W> {
    type Output = (Vec<W>, Vec<W>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        match this.stage {
            Stage::New => {
                this.start();
                if this.is_enough() {
                    this.stage = Stage::Enough;
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                this.stage = Stage::Waiting;
            }
            Stage::Waiting if !this.is_enough() => {}
            Stage::Waiting | Stage::Enough => return Poll::Ready(this.finish()),
            Stage::Over => panic!("a wait was polled after it gave its tasks back"),
        }
        if let Some(sleep) = &mut this.sleep {
            if Pin::new(sleep).poll(cx).is_ready() {
                return Poll::Ready(this.finish());
            }
        }
        let old = this.news.waiter.borrow_mut().replace(cx.waker().clone());
        drop(old);
        Poll::Pending
    }
}

impl<W: Waitable> Unpin for Wait<W> {}

impl<W: Waitable> FusedFuture for Wait<W> {
    fn is_terminated(&self) -> bool {
        self.stage == Stage::Over
    }
}

impl<W: Waitable> Drop for Wait<W> {
    fn drop(&mut self) {
        self.forget_callbacks();
    }
}

impl<W: Waitable> fmt::Debug for Wait<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("items", &self.items.len())
            .field("pending", &self.news.pending.get())
            .field("return_when", &self.return_when)
            .finish_non_exhaustive()
    }
}
