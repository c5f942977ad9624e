//! What a task group reports: every child's error, with its task's name.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use tulipa_rt::ExceptionContext;
use tulipa_task::TaskId;

/// A task group did not end well: children failed, or the group was cancelled by its own `cancel`.
///
/// Asyncio's `ExceptionGroup`: the errors are in the order in which they came, the body's last.
///
/// # Examples
///
/// ```
/// use tulipa_combine::TaskGroup;
///
/// tulipa_test::run(async {
///     let failed = TaskGroup::run(async |group| {
///         group.try_create_task(async { "12x".parse::<u32>() }).with_name("parser").detach();
///     });
///     for error in failed.await.unwrap_err().errors() {
///         assert_eq!(error.task_name(), Some("parser"));
///         assert!(error.downcast_ref::<std::num::ParseIntError>().is_some());
///     }
/// });
/// ```
#[doc(alias = "ExceptionGroup")]
#[derive(Debug)]
pub struct TaskGroupError {
    pub(super) errors: Vec<ChildError>,
}

impl TaskGroupError {
    /// The errors in the order in which they came. Empty if the group was cancelled by
    /// `TaskGroup::cancel` before its body had a value.
    pub fn errors(&self) -> &[ChildError] {
        &self.errors
    }

    /// The errors, to keep.
    pub fn into_errors(self) -> Vec<ChildError> {
        self.errors
    }

    /// Whether nothing failed: the group was cancelled by its own `cancel`.
    pub fn is_cancelled(&self) -> bool {
        self.errors.is_empty()
    }
}

impl fmt::Display for TaskGroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.errors {
            [] => f.write_str("the task group was cancelled"),
            [error] => write!(f, "a task group failed: {error}"),
            errors => {
                write!(f, "a task group failed with {} errors:", errors.len())?;
                errors.iter().try_for_each(|error| write!(f, "\n  {error}"))
            }
        }
    }
}

impl Error for TaskGroupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.errors.first().map(|error| error as _)
    }
}

/// The error of one child of a task group, or of its body.
#[derive(Debug)]
pub struct ChildError {
    pub(super) task: Option<(TaskId, Arc<str>)>,
    pub(super) failure: ChildFailure,
}

/// How a child failed.
///
/// # Examples
///
/// ```
/// use tulipa_combine::{ChildFailure, TaskGroup};
///
/// tulipa_test::run(async {
///     let failed = TaskGroup::run(async |group| {
///         group.create_task(async { assert_eq!(1, 2, "numbers differ") }).detach();
///     });
///     let error = failed.await.unwrap_err().into_errors().remove(0);
///     assert!(matches!(error.failure(), ChildFailure::Panic(_)));
///     assert!(error.to_string().contains("numbers differ"));
/// });
/// ```
pub enum ChildFailure {
    /// Its future returned an error.
    Error(Box<dyn Error>),
    /// It panicked, with this payload.
    Panic(Box<dyn Any + Send>),
}

impl ChildError {
    /// The task that failed; `None` for the group's body.
    pub fn task_id(&self) -> Option<TaskId> {
        self.task.as_ref().map(|(id, _)| *id)
    }

    /// The name of the task that failed; `None` for the group's body.
    pub fn task_name(&self) -> Option<&str> {
        self.task.as_ref().map(|(_, name)| &**name)
    }

    /// How it failed.
    pub fn failure(&self) -> &ChildFailure {
        &self.failure
    }

    /// How it failed, to keep.
    pub fn into_failure(self) -> ChildFailure {
        self.failure
    }

    /// The error that was returned, if it is of this type.
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&E> {
        match &self.failure {
            ChildFailure::Error(error) => error.downcast_ref(),
            ChildFailure::Panic(_) => None,
        }
    }
}

impl fmt::Display for ChildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.task_name() {
            Some(name) => write!(f, "task '{name}': {}", self.failure),
            None => write!(f, "the body: {}", self.failure),
        }
    }
}

impl Error for ChildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.failure {
            ChildFailure::Error(error) => Some(&**error),
            ChildFailure::Panic(_) => None,
        }
    }
}

impl fmt::Display for ChildFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Panic(payload) => {
                let said = ExceptionContext::new("").panic(&**payload);
                write!(f, "panicked: {}", said.exception_text().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for ChildFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
