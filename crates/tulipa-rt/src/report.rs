//! [`ExceptionContext`]: an error that nobody awaits, as the exception handler gets it.

use std::any::Any;
use std::fmt;
use std::io::{self, Write};
use std::panic::Location;
use std::sync::Arc;

use crate::header::{Header, TaskId};

/// What is told to a loop's exception handler; `Display` is what the default handler prints.
///
/// # Examples
///
/// ```
/// use tulipa_rt::ExceptionContext;
///
/// let context = ExceptionContext::new("Exception in callback").exception("out of range");
/// assert_eq!(context.to_string(), "Exception in callback\nexception: out of range");
/// ```
#[derive(Clone, Debug)]
pub struct ExceptionContext {
    message: String,
    exception: Option<String>,
    task: Option<TaskFacts>,
    scheduled_at: Option<&'static Location<'static>>,
}

#[derive(Clone, Debug)]
struct TaskFacts {
    id: TaskId,
    name: Arc<str>,
    state: &'static str,
    spawned_at: &'static Location<'static>,
}

impl ExceptionContext {
    /// A context that says what happened.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), exception: None, task: None, scheduled_at: None }
    }

    /// Adds the error's own words.
    #[must_use]
    pub fn exception(mut self, exception: impl fmt::Display) -> Self {
        self.exception = Some(exception.to_string());
        self
    }

    /// Adds what a panic said.
    #[must_use]
    pub fn panic(self, payload: &(dyn Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        self.exception(text.unwrap_or("a panic whose payload is no text"))
    }

    /// Adds the task it happened to, in the state it is in.
    #[must_use]
    pub fn task(mut self, header: &Header, state: &'static str) -> Self {
        let (id, name, spawned_at) = (header.id(), header.name(), header.spawned_at());
        self.task = Some(TaskFacts { id, name, state, spawned_at });
        self
    }

    /// Adds where the callback it happened to was scheduled.
    #[must_use]
    pub fn scheduled_at(mut self, location: &'static Location<'static>) -> Self {
        self.scheduled_at = Some(location);
        self
    }

    /// What happened.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The error's own words, if there was an error.
    pub fn exception_text(&self) -> Option<&str> {
        self.exception.as_deref()
    }

    /// The task it happened to.
    pub fn task_id(&self) -> Option<TaskId> {
        self.task.as_ref().map(|task| task.id)
    }

    /// The name of the task it happened to.
    pub fn task_name(&self) -> Option<&str> {
        self.task.as_ref().map(|task| &*task.name)
    }

    /// Where the task was spawned, or the callback scheduled.
    pub fn location(&self) -> Option<&'static Location<'static>> {
        self.task.as_ref().map(|task| task.spawned_at).or(self.scheduled_at)
    }

    /// What is done where no handler is set: it goes to standard error.
    pub fn print(&self) {
        // There is nobody left to tell when standard error is closed.
        let _ = writeln!(io::stderr(), "{self}");
    }
}

impl fmt::Display for ExceptionContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(TaskFacts { name, state, spawned_at, .. }) = &self.task {
            write!(f, "\ntask: <Task {state} name='{name}' spawned at {spawned_at}>")?;
        }
        if let Some(location) = self.scheduled_at {
            write!(f, "\nscheduled at {location}")?;
        }
        if let Some(exception) = &self.exception {
            write!(f, "\nexception: {exception}")?;
        }
        Ok(())
    }
}
