//! [`scope`]: children that borrow from their parent, polled inside its poll.
//!
//! # Protocol
//!
//! All is the polling thread's but the [`Bell`] of each child. A child that is spawned waits in
//! `new` until the scope's next step takes it over; so a body or a child may spawn while others are
//! polled. The scope owns its children: when it is dropped, they are, with what they borrow. A
//! scope that is forgotten (`mem::forget`) is never polled again, and neither are they: nothing of
//! a child runs anywhere but in the scope's own poll, and so no unsafe code is needed.

mod bell;
mod run;
mod task;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use tulipa_cancel::CancelScope;

use bell::Parent;
use run::Run;
pub use task::ScopedTask;
use task::{Outcome, TellEnd};

/// Runs a body that may start children which borrow from outside the scope, and waits for all.
///
/// Children are futures, not tasks: they run inside the poll of the task that awaits the scope,
/// take part in its cancellation, and may borrow whatever outlives the scope. For children that are
/// tasks of their own there is [`TaskGroup`](crate::TaskGroup).
///
/// In each poll the body runs first, then the children that were woken, in the order they were
/// spawned. A child that is spawned begins in the same poll, after those. What they wake runs in
/// the next. Returns the body's value when every child has ended; suspends until then.
///
/// A cancellation is seen by the nodes in body and children, which clean up one after the other, as
/// the branches of a join do; then all of it is dropped. A panic drops all of it at once, cleanups
/// that would await included: where a child's failure is to be answered by its siblings, use a
/// `TaskGroup`. Children share the task's context variables; for a copy, wrap the future:
/// `copy_context().wrap(future)`.
///
/// # Cancel safety
///
/// Dropping it drops the body and the children where they are.
///
/// # Panics
///
/// If the body or a child panics, at once, with its payload; the others are dropped.
///
/// # Examples
///
/// ```
/// use std::cell::Cell;
/// use tulipa_combine::scope;
/// use tulipa_time::yield_now;
///
/// tulipa_test::run(async {
///     let words = vec![String::from("fields"), String::from("of"), String::from("tulips")];
///     let letters = Cell::new(0);
///     let longest = scope(async |scope| {
///         for word in &words {
///             scope.spawn(async {
///                 yield_now().await;
///                 letters.set(letters.get() + word.len());
///             });
///         }
///         words.iter().map(String::len).max()
///     });
///     assert_eq!(longest.await, Some(6));
///     assert_eq!(letters.get(), 14);
/// });
/// ```
#[doc(alias = "nursery")]
pub async fn scope<'env, R>(body: impl AsyncFnOnce(&Scope<'env>) -> R) -> R {
    let scope = Scope { shared: Rc::default() };
    let run = Run::new(scope.shared.clone(), body(&scope));
    run.await
}

/// What the body of a [`scope`] starts its children with. Clones are handles on the same scope.
#[derive(Clone)]
pub struct Scope<'env> {
    shared: Rc<Shared<'env>>,
}

type Child<'env> = Pin<Box<dyn Future<Output = ()> + 'env>>;

#[derive(Default)]
struct Shared<'env> {
    new: RefCell<Vec<Child<'env>>>,
    parent: Arc<Parent>,
    over: Cell<bool>,
}

impl<'env> Scope<'env> {
    /// Starts a child; it runs from this poll on, after the body and the older children.
    ///
    /// The handle gives its output; dropping the handle changes nothing. In a scope that has ended
    /// the child is dropped, and its handle says cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::scope;
    ///
    /// tulipa_test::run(async {
    ///     let text = String::from("borrowed");
    ///     let length = scope(async |scope| scope.spawn(async { text.len() }).await.unwrap());
    ///     assert_eq!(length.await, 8);
    /// });
    /// ```
    ///
    /// A child that starts others takes a handle with it:
    ///
    /// ```
    /// use tulipa_combine::scope;
    ///
    /// tulipa_test::run(scope(async |scope| {
    ///     let handle = scope.clone();
    ///     scope.spawn(async move { drop(handle.spawn(async {})) });
    /// }));
    /// ```
    pub fn spawn<F>(&self, future: F) -> ScopedTask<F::Output>
    where
        F: IntoFuture<IntoFuture: 'env, Output: 'env>,
    {
        let outcome = Rc::<Outcome<F::Output>>::default();
        let cancel_scope = CancelScope::new();
        let handle = cancel_scope.handle();
        let end = TellEnd(outcome.clone());
        let running = cancel_scope.run(future);
        let child = async move {
            let result = running.await;
            end.0.finish(result);
        };
        if self.shared.over.get() {
            drop(child);
        } else {
            self.shared.new.borrow_mut().push(Box::pin(child));
            self.shared.parent.wake();
        }
        ScopedTask::new(outcome, handle)
    }
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = self.shared.new.borrow().len();
        f.debug_struct("Scope").field("new_children", &new).finish_non_exhaustive()
    }
}
