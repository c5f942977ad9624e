//! [`Promise`]: a value that somebody will set; asyncio's Future.
//!
//! # Protocol
//!
//! All handles share one `state`, set once, and one list of `waiters`, emptied when it is set:
//! whoever sets the state first, then takes the list, then wakes and schedules, so that whatever
//! that runs finds a promise that is done. No borrow is held while a waker, a callback or a
//! destructor of the user's may run.

mod awaiting;

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use tulipa_cancel::{CancelledError, Node};
use tulipa_context::Saved;
use tulipa_rt::{ExceptionContext, Runtime, current};

use crate::output::report_to;
use crate::promise_error::{InvalidStateError, PromiseError};
use crate::waiters::{CallbackId, Waiter, Waiters};

/// A result that is not there yet, for others to await: asyncio's Future.
///
/// Clones are handles on the same promise. Any number may await it, and callbacks may be added;
/// all of them are told in the order they began to wait. Awaiting needs `T: Clone`; put a value
/// that is not in an [`Rc`].
///
/// A task that awaits a promise and is cancelled cancels the promise, as in asyncio; `shield`
/// keeps it. The promise's other awaiters then get [`PromiseError::Cancelled`].
///
/// # Cancel safety
///
/// Dropping an awaited handle takes only that handle out of the waiting.
///
/// # Examples
///
/// ```
/// use tulipa_task::{Promise, create_task};
///
/// tulipa_test::run(async {
///     let promise = Promise::new();
///     let setter = promise.clone();
///     create_task(async move { setter.set_result("the result").unwrap() }).detach();
///     assert_eq!(promise.clone().await.unwrap(), "the result");
///     assert_eq!(promise.result().unwrap(), "the result");
/// });
/// ```
#[doc(alias = "Future")]
#[must_use = "a promise does nothing by itself"]
pub struct Promise<T> {
    shared: Rc<Shared<T>>,
    /// This handle's place among the waiters, while it is being awaited.
    waiting: Option<u64>,
    node: Node,
}

struct Shared<T> {
    state: RefCell<State<T>>,
    waiters: RefCell<Waiters<Callback<T>>>,
    runtime: Weak<dyn Runtime>,
    /// An exception was set and nobody has looked at it.
    unseen: Cell<bool>,
}

/// Schedules a callback. It holds no handle, which would keep a promise alive that nobody can set
/// any more, and so gets one.
type Callback<T> = Box<dyn FnOnce(&Promise<T>)>;

enum State<T> {
    Pending,
    Done(T),
    Failed(PromiseError),
}

impl<T> Promise<T> {
    /// A pending promise of the running loop.
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller; `EventLoop::create_promise` needs none.
    #[track_caller]
    #[expect(clippy::new_without_default, reason = "it panics outside a loop")]
    pub fn new() -> Self {
        Self::new_on(&current())
    }

    /// A pending promise of a loop that need not be running.
    pub fn new_on(runtime: &Rc<dyn Runtime>) -> Self {
        let shared = Shared {
            state: RefCell::new(State::Pending),
            waiters: RefCell::new(Waiters::new()),
            runtime: Rc::downgrade(runtime),
            unseen: Cell::new(false),
        };
        Self { shared: Rc::new(shared), waiting: None, node: Node::new() }
    }

    /// Gives the promise its result, once.
    ///
    /// Awaiters are woken and callbacks scheduled in the order they asked; none of them runs
    /// inside this call.
    ///
    /// # Errors
    ///
    /// [`InvalidStateError`] with the value, if the promise is done.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::Promise;
    ///
    /// tulipa_test::run(async {
    ///     let promise = Promise::new();
    ///     promise.set_result("first").unwrap();
    ///     assert_eq!(promise.set_result("second").unwrap_err().value, "second");
    ///     assert_eq!(promise.await.unwrap(), "first");
    /// });
    /// ```
    pub fn set_result(&self, value: T) -> Result<(), InvalidStateError<T>> {
        if self.done() {
            return Err(InvalidStateError::done("promise", value));
        }
        self.finish(State::Done(value));
        Ok(())
    }

    /// Gives the promise an error instead of a result, once.
    ///
    /// An error that nobody has looked at when the last handle drops is reported to the loop's
    /// exception handler.
    ///
    /// # Errors
    ///
    /// [`InvalidStateError`] with the error, if the promise is done.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::num::ParseIntError;
    /// use tulipa_task::{Promise, PromiseError};
    ///
    /// tulipa_test::run(async {
    ///     let promise = Promise::<u8>::new();
    ///     promise.set_exception("many".parse::<u8>().unwrap_err()).unwrap();
    ///     let Err(PromiseError::Exception(error)) = promise.await else { panic!() };
    ///     assert!(error.is::<ParseIntError>());
    /// });
    /// ```
    pub fn set_exception(
        &self,
        error: impl Into<Box<dyn Error>>,
    ) -> Result<(), InvalidStateError<Box<dyn Error>>> {
        let error = error.into();
        if self.done() {
            return Err(InvalidStateError::done("promise", error));
        }
        self.shared.unseen.set(true);
        self.finish(State::Failed(PromiseError::Exception(error.into())));
        Ok(())
    }

    /// Cancels the promise at once; `false` if it is done.
    ///
    /// As in asyncio, an error that was set counts as looked at by this call.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::Promise;
    ///
    /// tulipa_test::run(async {
    ///     let promise = Promise::<u8>::new();
    ///     assert!(promise.cancel() && promise.cancelled());
    ///     assert!(!promise.cancel());
    ///     assert!(promise.await.unwrap_err().is_cancelled());
    /// });
    /// ```
    pub fn cancel(&self) -> bool {
        self.cancel_because(None)
    }

    /// [`cancel`](Self::cancel) with a message that [`CancelledError`] tells.
    pub fn cancel_with(&self, message: impl Into<Arc<str>>) -> bool {
        self.cancel_because(Some(message.into()))
    }

    fn cancel_because(&self, message: Option<Arc<str>>) -> bool {
        self.shared.unseen.set(false);
        let pending = !self.done();
        if pending {
            self.finish(State::Failed(PromiseError::Cancelled(CancelledError::new(message))));
        }
        pending
    }

    fn finish(&self, state: State<T>) {
        *self.shared.state.borrow_mut() = state;
        let waiters = self.shared.waiters.borrow_mut().take();
        for waiter in waiters {
            match waiter {
                Waiter::Awaiter(waker) => waker.wake(),
                Waiter::Callback(schedule) => schedule(self),
            }
        }
    }

    /// On a loop that is gone nothing runs.
    fn schedule(&self, callback: impl FnOnce(&Self) + 'static)
    where
        T: 'static,
    {
        if let Some(runtime) = self.shared.runtime.upgrade() {
            let promise = self.clone();
            runtime.call_soon(Box::new(move || callback(&promise)));
        }
    }

    /// Whether it has a result, an exception, or was cancelled.
    pub fn done(&self) -> bool {
        !matches!(*self.shared.state.borrow(), State::Pending)
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        matches!(*self.shared.state.borrow(), State::Failed(PromiseError::Cancelled(_)))
    }

    /// Whether it was given an exception. Asking does not count as retrieving it.
    pub fn failed(&self) -> bool {
        matches!(*self.shared.state.borrow(), State::Failed(PromiseError::Exception(_)))
    }

    /// A clone of the result.
    ///
    /// # Errors
    ///
    /// [`PromiseError`]: pending, cancelled, or the exception that was set.
    pub fn result(&self) -> Result<T, PromiseError>
    where
        T: Clone,
    {
        self.with_result(T::clone)
    }

    /// Looks at the result where it is, which need not be `Clone`.
    ///
    /// # Errors
    ///
    /// [`PromiseError`]: pending, cancelled, or the exception that was set.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::Promise;
    ///
    /// struct Ticket(u32);
    ///
    /// tulipa_test::run(async {
    ///     let promise = Promise::new();
    ///     promise.set_result(Ticket(7)).ok().unwrap();
    ///     assert_eq!(promise.with_result(|ticket| ticket.0).unwrap(), 7);
    /// });
    /// ```
    pub fn with_result<R>(&self, look: impl FnOnce(&T) -> R) -> Result<R, PromiseError> {
        match &*self.shared.state.borrow() {
            State::Pending => {
                Err(PromiseError::InvalidState(InvalidStateError::pending("promise")))
            }
            State::Done(value) => Ok(look(value)),
            State::Failed(error) => {
                self.shared.unseen.set(false);
                Err(error.clone())
            }
        }
    }

    /// The exception that was set; `None` if there is a result.
    ///
    /// # Errors
    ///
    /// [`PromiseError`] if it is pending or cancelled.
    pub fn exception(&self) -> Result<Option<Rc<dyn Error>>, PromiseError> {
        match self.with_result(|_| ()) {
            Ok(()) => Ok(None),
            Err(PromiseError::Exception(error)) => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }

    /// Schedules a callback for when the promise is done.
    ///
    /// Callbacks run from the loop, never inside this call, in the order they were added; added
    /// to a promise that is done, in the next iteration. The same closure added twice runs twice.
    /// Each runs in a copy of the context of this call. On a loop that is gone nothing runs.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::{cell::Cell, rc::Rc};
    /// use tulipa_task::Promise;
    /// use tulipa_time::yield_now;
    ///
    /// tulipa_test::run(async {
    ///     let (promise, seen) = (Promise::new(), Rc::new(Cell::new(0)));
    ///     let in_callback = seen.clone();
    ///     promise.add_done_callback(move |promise| in_callback.set(promise.result().unwrap()));
    ///     promise.set_result(7).unwrap();
    ///     assert_eq!(seen.get(), 0, "not inside the call");
    ///     yield_now().await;
    ///     assert_eq!(seen.get(), 7);
    /// });
    /// ```
    pub fn add_done_callback(&self, callback: impl FnOnce(&Self) + 'static) -> CallbackId
    where
        T: 'static,
    {
        if self.done() {
            self.schedule(callback);
            return CallbackId::NONE;
        }
        // Scheduled in it, and not only run: the exception handler runs in the context of the
        // scheduling.
        let context = Saved::copy_current();
        let schedule: Callback<T> = Box::new(move |promise| {
            context.enter(|| promise.schedule(callback));
        });
        CallbackId(self.shared.waiters.borrow_mut().push(Waiter::Callback(schedule)))
    }

    /// Takes a callback back; `false` if the promise is done or it was taken back before.
    pub fn remove_done_callback(&self, callback: CallbackId) -> bool {
        let gone = self.shared.waiters.borrow_mut().remove(callback.0);
        gone.is_some()
    }
}

impl<T> Clone for Promise<T> {
    fn clone(&self) -> Self {
        Self { shared: Rc::clone(&self.shared), waiting: None, node: Node::new() }
    }
}

impl<T> Unpin for Promise<T> {}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        if let (true, State::Failed(error)) = (self.unseen.get(), self.state.get_mut()) {
            let context = ExceptionContext::new("Promise exception was never retrieved");
            report_to(Some(&self.runtime), &context.exception(error));
        }
    }
}

impl<T> fmt::Debug for Promise<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self.shared.state.borrow() {
            State::Pending => "<Promise pending>",
            State::Done(_) => "<Promise finished>",
            State::Failed(PromiseError::Cancelled(_)) => "<Promise cancelled>",
            State::Failed(_) => "<Promise failed>",
        })
    }
}
