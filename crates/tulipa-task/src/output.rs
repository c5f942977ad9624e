//! [`Output`]: what a task leaves behind, and what becomes of it if nobody looks.
//!
//! A value may be dropped where a panic has no way out: inside the loop's step that ended a
//! detached task, or with a handle. So its destructor's panic is caught and reported here.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::{Rc, Weak};

use tulipa_cancel::CancelledError;
use tulipa_context::Saved;
use tulipa_rt::{ExceptionContext, Header, Runtime, try_current};

use crate::error::JoinError;

/// The value of a task, or its failure.
pub(crate) struct Output<T>(Option<Result<T, Failure>>);

impl<T> Output<T> {
    pub(crate) const fn new(result: Result<T, Failure>) -> Self {
        Self(Some(result))
    }

    pub(crate) fn get(&self) -> &Result<T, Failure> {
        self.0.as_ref().expect("taken only by value")
    }

    /// The result, for somebody who has now seen it.
    pub(crate) fn into_result(mut self) -> Result<T, JoinError> {
        self.0.take().expect("taken only by value").map_err(Failure::into_error)
    }
}

impl<T> Drop for Output<T> {
    fn drop(&mut self) {
        if matches!(self.0, None | Some(Ok(_))) && !std::mem::needs_drop::<T>() {
            return;
        }
        let Some(result) = self.0.take() else { return };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(result))) {
            let context = ExceptionContext::new("Panic in the destructor of a task's result");
            report(&context.panic(&*payload));
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Ending {
    Finished,
    Cancelled,
    Panicked,
}

impl Ending {
    pub(crate) fn of<T>(output: &Output<T>) -> Self {
        match output.get() {
            Ok(_) => Self::Finished,
            Err(failure) if failure.peek().is_cancelled() => Self::Cancelled,
            Err(_) => Self::Panicked,
        }
    }
}

/// A task's error until somebody looks at it. Dropped unseen, a panic is reported.
pub(crate) struct Failure {
    error: JoinError,
    unseen: Unseen,
}

struct Unseen(Cell<Option<Box<Report>>>);

/// What goes to the handler of the task's own loop, if that is still there by then.
struct Report {
    context: ExceptionContext,
    runtime: Option<Weak<dyn Runtime>>,
    /// What the task ran in, for the handler to run in too.
    of_task: Saved,
}

impl Failure {
    pub(crate) fn cancelled(header: &Header, error: CancelledError) -> Self {
        Self { error: JoinError::cancelled(header, error), unseen: Unseen(Cell::new(None)) }
    }

    pub(crate) fn panicked(header: &Header, of_task: Saved, payload: Box<dyn Any + Send>) -> Self {
        let context = ExceptionContext::new("Task exception was never retrieved")
            .task(header, "panicked")
            .panic(&*payload);
        let runtime = try_current().ok().as_ref().map(Rc::downgrade);
        let report = Box::new(Report { context, runtime, of_task });
        let error = JoinError::panicked(header, payload);
        Self { error, unseen: Unseen(Cell::new(Some(report))) }
    }

    /// The error, without counting as looking at it.
    pub(crate) fn peek(&self) -> &JoinError {
        &self.error
    }

    /// The error, which somebody has now seen.
    pub(crate) fn see(&self) -> &JoinError {
        self.unseen.0.take();
        &self.error
    }

    fn into_error(self) -> JoinError {
        self.unseen.0.take();
        self.error
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        if let Some(unseen) = self.0.take() {
            unseen.of_task.enter(|| report_to(unseen.runtime.as_ref(), &unseen.context));
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// To the handler of that loop; if it is gone, as [`report`].
pub(crate) fn report_to(runtime: Option<&Weak<dyn Runtime>>, context: &ExceptionContext) {
    match runtime.and_then(Weak::upgrade) {
        Some(runtime) => runtime.call_exception_handler(context),
        None => report(context),
    }
}

/// To the running loop's handler, or to standard error where none runs.
pub(crate) fn report(context: &ExceptionContext) {
    match try_current() {
        Ok(runtime) => runtime.call_exception_handler(context),
        Err(_) => context.print(),
    }
}
