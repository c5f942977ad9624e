//! [`TaskSpec`]: what is decided about a task before it is made, and the hook that may decide it.

use std::fmt;
use std::panic::Location;
use std::rc::Rc;
use std::sync::Arc;

use tulipa_context::Context;

/// What is decided about a task before it is made; a loop's [`TaskFactory`] may still change it.
///
/// # Examples
///
/// ```
/// use std::panic::Location;
/// use tulipa_rt::TaskSpec;
///
/// let mut spec = TaskSpec::new(Location::caller());
/// spec.name = Some("worker".into());
/// assert_eq!(spec.eager_start, None);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskSpec {
    /// Its name; unset, it is called `Task-N`.
    pub name: Option<Arc<str>>,
    /// The context it runs in; unset, a copy of its creator's.
    pub context: Option<Context>,
    /// Whether it runs to its first suspension inside the call that makes it; unset, it does not.
    pub eager_start: Option<bool>,
    /// The line that makes it.
    pub spawned_at: &'static Location<'static>,
}

impl TaskSpec {
    /// Nothing is decided but where it is made.
    pub fn new(spawned_at: &'static Location<'static>) -> Self {
        Self { name: None, context: None, eager_start: None, spawned_at }
    }
}

/// Called for each task of a loop before it is made.
#[derive(Clone)]
pub struct TaskFactory(Rc<dyn Fn(&mut TaskSpec)>);

impl TaskFactory {
    /// A factory of a closure, which runs inside the call that makes the task. A panic goes
    /// through that call, and no task is made.
    pub fn new(factory: impl Fn(&mut TaskSpec) + 'static) -> Self {
        Self(Rc::new(factory))
    }

    /// Lets it decide.
    pub fn decide(&self, spec: &mut TaskSpec) {
        (self.0)(spec);
    }
}

impl fmt::Debug for TaskFactory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<TaskFactory>")
    }
}
