//! What a [`Task`] is called, where it comes from, what it runs in.

use std::panic::Location;
use std::sync::Arc;

use tulipa_context::Context;
use tulipa_rt::{Header, TaskId};

use super::Task;

impl<T> Task<T> {
    /// The name it was given, else `Task-N`.
    #[doc(alias = "get_name")]
    pub fn name(&self) -> Arc<str> {
        self.with_header(Header::name)
    }

    /// Names it.
    pub fn set_name(&self, name: impl Into<Arc<str>>) {
        self.with_header(|header| header.shared_name().set(name.into()));
    }

    /// Names it, and gives it back.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_task::create_task;
    ///
    /// tulipa_test::run(async {
    ///     let task = create_task(async {}).with_name("worker");
    ///     assert_eq!(&*task.name(), "worker");
    ///     assert!(format!("{task:?}").starts_with("<Task pending name='worker' spawned at "));
    ///     task.await.unwrap();
    /// });
    /// ```
    pub fn with_name(self, name: impl Into<Arc<str>>) -> Self {
        self.set_name(name);
        self
    }

    /// Its identity, never reused.
    pub fn id(&self) -> TaskId {
        self.with_header(Header::id)
    }

    /// Where it was spawned.
    pub fn spawned_at(&self) -> &'static Location<'static> {
        self.with_header(Header::spawned_at)
    }

    /// The context that its code runs in.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_context::ContextVar;
    /// use tulipa_task::create_task;
    ///
    /// static STEP: ContextVar<u32> = ContextVar::new("step");
    ///
    /// tulipa_test::run(async {
    ///     let mut task = create_task(async { drop(STEP.set(1)) });
    ///     (&mut task).await.unwrap();
    ///     assert_eq!((task.context().get(&STEP), STEP.get()), (Some(1), None));
    /// });
    /// ```
    #[doc(alias = "get_context")]
    pub fn context(&self) -> Context {
        self.slot.context.context()
    }
}
