//! [`gather`]: run all, have all results, in the order of the arguments.

mod children;
mod try_children;
mod try_gather;

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_core::FusedFuture;
use tulipa_cancel::{Held, Node};
use tulipa_rt::current;

use crate::progress::{Progress, Turn, unwind};
pub use children::Gatherable;
use children::{Children, Spawn};
pub use try_children::TryGatherable;
pub use try_gather::{TryGather, try_gather};

/// Runs futures side by side, each as a task, and gives their outputs in argument order.
///
/// Takes a tuple of up to twelve futures, or anything that iterates over futures of one type.
/// The tasks are created now, in argument order, and start in the next iteration. A task among
/// the arguments gives its `Result`.
///
/// If a child panics, the panic goes on in the one who awaits, at once; if a child is cancelled,
/// so is the one who awaits; the other children run on. [`return_exceptions`] gives each child's
/// outcome instead; [`try_gather`] resolves with the first `Err`. A panic that does not go on here
/// is reported when its task is dropped.
///
/// If the one who awaits is cancelled, every child is (as soon as it has started), and their ends
/// are waited for; should all of them return values all the same, those are returned and the
/// request stays pending. A panic in a cleanup goes on here, before the cancellation.
///
/// Suspends until the results are there; for no arguments, not at all.
///
/// [`return_exceptions`]: Gather::return_exceptions
///
/// # Cancel safety
///
/// Dropping it (rather than cancelling its task) cancels the children and does not wait for them.
///
/// # Panics
///
/// Outside a running loop, naming the caller; with a child's own payload.
///
/// # Examples
///
/// ```
/// use tulipa_combine::gather;
///
/// async fn square(n: u32) -> u32 { n * n }
///
/// tulipa_test::run(async {
///     assert_eq!(gather((square(2), async { "two" })).await, (4, "two"));
///     assert_eq!(gather((1..4).map(square)).await, [1, 4, 9]);
/// });
/// ```
#[doc(alias = "join_all")]
#[doc(alias = "join")]
#[track_caller]
pub fn gather<S, G: Gatherable<S>>(futures: G) -> Gather<G::Children> {
    let progress = Rc::<Progress>::default();
    let (runtime, at) = (current(), Location::caller());
    let children = futures.spawn(&Spawn { runtime: &runtime, progress: &progress, at });
    Gather(Stage::Waiting(Waiting::new(children, progress)))
}

/// The future of [`gather`].
#[must_use = "the tasks run, but their results are lost, and dropping this cancels them"]
pub struct Gather<C: Children>(Stage<C>);

/// The future of [`Gather::return_exceptions`].
#[must_use = "the tasks run, but their results are lost, and dropping this cancels them"]
pub struct GatherResults<C: Children>(Stage<C>);

enum Stage<C: Children> {
    Waiting(Waiting<C>),
    /// A child was cancelled, and that goes on here.
    Unwinding,
    Over,
}

/// What both futures do while children run.
struct Waiting<C: Children> {
    children: C,
    progress: Rc<Progress>,
    turn: Turn,
    node: Node,
    held: Held,
    /// What the children have yet to be told.
    request: Option<Request>,
}

/// The awaiting task was cancelled.
struct Request {
    message: Option<Box<str>>,
}

impl<C: Children> Waiting<C> {
    fn new(children: C, progress: Rc<Progress>) -> Self {
        let (turn, node, held) = (Turn::default(), Node::new(), Held::new());
        Self { children, progress, turn, node, held, request: None }
    }

    /// Waits until all have ended, or one has failed if that is enough.
    fn poll(&mut self, cx: &mut Context<'_>, failure_is_enough: bool) -> Poll<()> {
        let Self { children, progress, turn, node, held, request } = self;
        let asked = !held.is_empty();
        let polled = node.poll(cx, |cx| {
            let failed = failure_is_enough && !asked && progress.first_failed().is_some();
            let is_over = failed || progress.all_ended();
            if !is_over {
                progress.set_waiter(cx.waker());
            }
            turn.poll(cx, is_over)
        });
        match polled {
            Poll::Ready(Ok(())) => return Poll::Ready(()),
            Poll::Ready(Err(_rearmed)) if turn.lets_others_go() => return Poll::Ready(()),
            Poll::Ready(Err(token)) => {
                *request = Some(Request { message: token.message().map(Into::into) });
                held.hold(token);
            }
            Poll::Pending => {}
        }
        if request.is_none() {
            return Poll::Pending;
        }
        // A task that is cancelled before it starts is dropped as it is, and a task that it was to
        // await would go on. So the children start first, as does what is awaited without gather.
        if progress.all_started() {
            let message = request.take().and_then(|request| request.message);
            children.cancel(message.as_deref());
        } else {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }

    /// The wait is over. Whether the awaiting task was cancelled meanwhile: that is pending again.
    fn was_cancelled(&mut self) -> bool {
        let cancelled = !self.held.is_empty();
        self.held.release();
        cancelled
    }
}

impl<C: Children> Gather<C> {
    /// Gives each child's outcome, once all have ended; nothing propagates.
    ///
    /// If the one who awaits is cancelled and a child was cancelled by that, the outcomes are lost
    /// and the cancellation goes on; panics among them are reported.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_combine::gather;
    ///
    /// tulipa_test::run(async {
    ///     let (good, bad) =
    ///         gather((async { 1 }, async { assert!(false) })).return_exceptions().await;
    ///     assert_eq!(good.unwrap(), 1);
    ///     assert!(bad.is_err_and(|error: tulipa_task::JoinError| error.is_panic()));
    /// });
    /// ```
    pub fn return_exceptions(mut self) -> GatherResults<C> {
        GatherResults(std::mem::replace(&mut self.0, Stage::Over))
    }
}

impl<C: Children> Future for Gather<C> {
    type Output = C::Values;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<C::Values> {
        let waiting = match &mut self.0 {
            Stage::Waiting(waiting) => waiting,
            Stage::Unwinding => return unwind(cx),
            Stage::Over => panic!("a gather was polled after it gave its results"),
        };
        if waiting.poll(cx, true).is_pending() {
            return Poll::Pending;
        }
        let asked = waiting.was_cancelled();
        // After a cancellation all have ended, and a panic among them goes before it, as an
        // exception does that answers a cancellation.
        let panicked = if asked { waiting.children.panicked() } else { None };
        let Some(place) = panicked.or(waiting.progress.first_failed()) else {
            let values = waiting.children.values();
            self.0 = Stage::Over;
            return Poll::Ready(values);
        };
        let error = waiting.children.error(place);
        // This wait is over; children that have not ended run on.
        self.0 = Stage::Over;
        let _cancelled = error.resume_panic();
        self.0 = Stage::Unwinding;
        if asked { Poll::Pending } else { unwind(cx) }
    }
}

impl<C: Children> Future for GatherResults<C> {
    type Output = C::Results;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<C::Results> {
        let Stage::Waiting(waiting) = &mut self.0 else {
            panic!("a gather was polled after it gave its results");
        };
        if waiting.poll(cx, false).is_pending() {
            return Poll::Pending;
        }
        if waiting.was_cancelled() && waiting.children.any_cancelled() {
            return Poll::Pending;
        }
        let results = waiting.children.results();
        self.0 = Stage::Over;
        Poll::Ready(results)
    }
}

impl<C: Children> Stage<C> {
    /// Nobody will have the results.
    fn abandon(&self) {
        if let Self::Waiting(waiting) = self {
            waiting.children.cancel(None);
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Waiting(_) => "waiting",
            Self::Unwinding => "cancelled",
            Self::Over => "finished",
        }
    }
}

impl<C: Children> Drop for Gather<C> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

impl<C: Children> Drop for GatherResults<C> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

impl<C: Children> FusedFuture for Gather<C> {
    fn is_terminated(&self) -> bool {
        matches!(self.0, Stage::Over)
    }
}

impl<C: Children> FusedFuture for GatherResults<C> {
    fn is_terminated(&self) -> bool {
        matches!(self.0, Stage::Over)
    }
}

impl<C: Children> fmt::Debug for Gather<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<Gather {}>", self.0.name())
    }
}

impl<C: Children> fmt::Debug for GatherResults<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<GatherResults {}>", self.0.name())
    }
}
