//! [`Progress`]: how far a set of child tasks has come, told to the one who waits for it.
//!
//! # Protocol
//!
//! Children and waiter share it on one thread. Each child holds a [`Report`]; it counts the child
//! as ended when it is dropped, which is when the child's future is, however it ends. The waiter
//! is woken when all have ended, and as soon as one has failed. By the time the waiter runs, the
//! children that ended are done: it runs in a later iteration.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use tulipa_cancel::raise;
use tulipa_task::{JoinError, Task};

/// Public only so that a sealed trait may name it; it cannot be reached.
#[derive(Default)]
#[allow(missing_debug_implementations, reason = "nobody outside can have one")]
pub struct Progress {
    running: Cell<usize>,
    failed: Cell<bool>,
    waiter: RefCell<Option<Waker>>,
}

impl Progress {
    pub(crate) fn all_ended(&self) -> bool {
        self.running.get() == 0
    }

    /// Whether a child ended without a value.
    pub(crate) fn any_failed(&self) -> bool {
        self.failed.get()
    }

    pub(crate) fn set_waiter(&self, waker: &Waker) {
        let old = self.waiter.borrow_mut().replace(waker.clone());
        drop(old);
    }

    /// Runs a child's future and reports its end.
    pub(crate) fn child<F: Future>(
        self: &Rc<Self>,
        future: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        self.running.set(self.running.get() + 1);
        let mut report = Report { progress: self.clone(), failed: true };
        async move {
            let value = future.await;
            report.failed = false;
            drop(report);
            value
        }
    }
}

struct Report {
    progress: Rc<Progress>,
    failed: bool,
}

impl Drop for Report {
    fn drop(&mut self) {
        let progress = &self.progress;
        progress.running.set(progress.running.get() - 1);
        progress.failed.set(progress.failed.get() || self.failed);
        if self.failed || progress.all_ended() {
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
