//! [`TaskBuilder`]: a task with a name, a context, an eager start.

use std::fmt;
use std::future::IntoFuture;
use std::panic::Location;
use std::rc::Rc;
use std::sync::Arc;

use tulipa_context::Context;
use tulipa_rt::{Runtime, TaskSpec, current};

use crate::spawn::create_task_as;
use crate::task::Task;

/// What to choose about a task before it is made: the keywords of asyncio's `create_task`.
///
/// What is not chosen is decided by the loop's task factory, if it has one.
///
/// # Examples
///
/// ```
/// use tulipa_task::TaskBuilder;
///
/// tulipa_test::run(async {
///     let task = TaskBuilder::new().name("cache").eager_start(true).create_task(async { 1 });
///     assert!(task.done(), "it had nothing to wait for");
///     assert_eq!((&*task.name(), task.await.unwrap()), ("cache", 1));
/// });
/// ```
#[must_use = "no task is made before `create_task`"]
#[derive(Clone)]
pub struct TaskBuilder {
    spec: TaskSpec,
    is_placed: bool,
    runtime: Option<Rc<dyn Runtime>>,
}

impl TaskBuilder {
    /// Nothing is chosen yet.
    #[track_caller]
    pub fn new() -> Self {
        Self { spec: TaskSpec::new(Location::caller()), is_placed: false, runtime: None }
    }

    /// Names it.
    pub fn name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.spec.name = Some(name.into());
        self
    }

    /// Runs it in this context, and not in a copy of its creator's: what it sets is set there.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_context::{ContextVar, copy_context};
    /// use tulipa_task::TaskBuilder;
    ///
    /// static STEP: ContextVar<u32> = ContextVar::new("step");
    ///
    /// tulipa_test::run(async {
    ///     let context = copy_context();
    ///     let builder = TaskBuilder::new().context(&context);
    ///     builder.create_task(async { drop(STEP.set(1)) }).await.unwrap();
    ///     assert_eq!((context.get(&STEP), STEP.get()), (Some(1), None));
    /// });
    /// ```
    pub fn context(mut self, context: &Context) -> Self {
        self.spec.context = Some(context.clone());
        self
    }

    /// Whether it runs to its first suspension inside [`create_task`](Self::create_task).
    ///
    /// A task that ends there is never queued. What goes wrong in it is its result's, as ever. It
    /// is the current task meanwhile, and its creator again afterwards. On a loop that is not
    /// running it starts in the next iteration, as others do. Tasks that start others eagerly, and
    /// those others, use stack.
    pub fn eager_start(mut self, eager_start: bool) -> Self {
        self.spec.eager_start = Some(eager_start);
        self
    }

    /// Makes it on this loop, which need not be running; unset, on the running one.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::TaskBuilder;
    ///
    /// let test_loop = tulipa_test::TestLoop::new();
    /// let task = TaskBuilder::new().on(&test_loop.runtime()).create_task(async { 1 });
    /// test_loop.run_until_stalled();
    /// assert_eq!(*task.result().unwrap(), 1);
    /// ```
    pub fn on(mut self, runtime: &Rc<dyn Runtime>) -> Self {
        self.runtime = Some(runtime.clone());
        self
    }

    /// Says that this line spawned it; unset, that of [`create_task`](Self::create_task).
    pub fn spawned_at(mut self, location: &'static Location<'static>) -> Self {
        self.spec.spawned_at = location;
        self.is_placed = true;
        self
    }

    /// Makes the task. Otherwise as [`create_task`](crate::create_task()).
    ///
    /// # Panics
    ///
    /// Outside a running loop, naming the caller, if no loop was chosen.
    #[doc(alias = "spawn")]
    #[track_caller]
    pub fn create_task<F>(mut self, future: F) -> Task<F::Output>
    where
        F: IntoFuture<IntoFuture: 'static, Output: 'static>,
    {
        if !self.is_placed {
            self.spec.spawned_at = Location::caller();
        }
        // No closure: the panic must name the caller of this function.
        let runtime = match self.runtime {
            Some(runtime) => runtime,
            None => current(),
        };
        create_task_as(&runtime, future.into_future(), self.spec)
    }
}

impl Default for TaskBuilder {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TaskBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskBuilder")
            .field("name", &self.spec.name)
            .field("context", &self.spec.context)
            .field("eager_start", &self.spec.eager_start)
            .finish_non_exhaustive()
    }
}

/// asyncio's `eager_task_factory`: all tasks of the loop start eagerly that do not say otherwise.
///
/// # Examples
///
/// ```
/// use tulipa_rt::TaskFactory;
/// use tulipa_task::{create_task, eager_task_factory};
///
/// tulipa_test::run(async {
///     tulipa_rt::current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
///     assert!(create_task(async {}).done());
/// });
/// ```
pub fn eager_task_factory(spec: &mut TaskSpec) {
    spec.eager_start.get_or_insert(true);
}
