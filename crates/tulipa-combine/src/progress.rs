//! [`Progress`]: how far a set of child tasks has come, told to the one who waits for it.
//!
//! # Protocol
//!
//! Children and waiter share it on one thread. Each child holds a [`Report`]; it counts the child
//! as started when the child is first polled, and as ended when it is dropped, which is when the
//! child's future is, however it ends. The waiter is woken when all have ended, and as soon as one
//! has failed: ended without a value, or with an `Err` where that counts. By the time the waiter
//! runs, the children that ended are done: it runs in a later iteration.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tulipa_cancel::raise;
use tulipa_task::{JoinError, Task};

#[derive(Default)]
pub(crate) struct Progress {
    unstarted: Cell<usize>,
    running: Cell<usize>,
    /// The place of the first child that failed.
    failed: Cell<Option<usize>>,
    waiter: RefCell<Option<Waker>>,
}

impl Progress {
    /// Whether every child has been polled, or dropped before that.
    pub(crate) fn all_started(&self) -> bool {
        self.unstarted.get() == 0
    }

    pub(crate) fn all_ended(&self) -> bool {
        self.running.get() == 0
    }

    /// The place of the first child that failed.
    pub(crate) fn first_failed(&self) -> Option<usize> {
        self.failed.get()
    }

    pub(crate) fn set_waiter(&self, waker: &Waker) {
        let old = self.waiter.borrow_mut().replace(waker.clone());
        drop(old);
    }

    /// Runs a child's future and reports its end.
    pub(crate) fn child<F: Future>(
        self: &Rc<Self>,
        place: usize,
        future: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        self.judged_child(place, future, |_| true)
    }

    /// As [`child`](Self::child); an `Err` is a failure too.
    pub(crate) fn try_child<F, T, E>(
        self: &Rc<Self>,
        place: usize,
        future: F,
    ) -> impl Future<Output = F::Output> + use<F, T, E>
    where
        F: Future<Output = Result<T, E>>,
    {
        self.judged_child(place, future, Result::is_ok)
    }

    fn judged_child<F: Future>(
        self: &Rc<Self>,
        place: usize,
        future: F,
        is_success: fn(&F::Output) -> bool,
    ) -> impl Future<Output = F::Output> + use<F> {
        self.unstarted.set(self.unstarted.get() + 1);
        self.running.set(self.running.get() + 1);
        let mut report = Report { progress: self.clone(), started: false, failed: Some(place) };
        async move {
            report.start();
            let value = future.await;
            if is_success(&value) {
                report.failed = None;
            }
            drop(report);
            value
        }
    }
}

/// Whose turn it is when children have ended: theirs first.
///
/// A task's callbacks run in the iteration after its end. A combinator is told as the child's
/// future drops, which is before they are scheduled; so it gives up one iteration, and whoever
/// awaits it goes on after them, two iterations after the end, as in asyncio.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Turn {
    /// Nobody has waited: what is over from the beginning is had at once.
    #[default]
    New,
    Waiting,
    /// It is over, and others go first. A cancellation that comes now comes after the end: whoever
    /// sees it drops the token, and gives what is there.
    LetsOthersGo,
}

impl Turn {
    /// Ready if it is over and the others have gone.
    pub(crate) fn poll(&mut self, cx: &Context<'_>, is_over: bool) -> Poll<()> {
        match (is_over, *self) {
            (false, _) => *self = Self::Waiting,
            (true, Self::Waiting) => {
                *self = Self::LetsOthersGo;
                cx.waker().wake_by_ref();
            }
            (true, Self::New | Self::LetsOthersGo) => return Poll::Ready(()),
        }
        Poll::Pending
    }

    pub(crate) fn lets_others_go(self) -> bool {
        self == Self::LetsOthersGo
    }
}

struct Report {
    progress: Rc<Progress>,
    started: bool,
    /// The child's place, until it has a value.
    failed: Option<usize>,
}

impl Report {
    fn start(&mut self) {
        if !std::mem::replace(&mut self.started, true) {
            self.progress.unstarted.set(self.progress.unstarted.get() - 1);
        }
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        self.start();
        let progress = &self.progress;
        progress.running.set(progress.running.get() - 1);
        progress.failed.set(progress.failed.get().or(self.failed));
        if self.failed.is_some() || progress.all_ended() {
            let waiter = progress.waiter.borrow_mut().take();
            if let Some(waiter) = waiter {
                waiter.wake();
            }
        }
    }
}

/// The result of a task that is done.
pub(crate) fn take<T>(task: &mut Task<T>) -> Result<T, JoinError> {
    match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("only tasks that are done are asked"),
    }
}

/// Unwinds the one who awaits as if it had been cancelled, without counting as a request. For use
/// in a poll, which then answers `Pending`.
pub(crate) fn unwind<T>(cx: &mut Context<'_>) -> Poll<T> {
    pin!(raise()).poll(cx).map(|never| match never {})
}
