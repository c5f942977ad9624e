//! [`Context`]: a set of variables with their values, to run code in.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::current;
use crate::saved::Saved;
use crate::sync::{Mutex, MutexGuard, lock};
use crate::values::{Value, Values, VarId};
use crate::var::ContextVar;
use crate::wrap::InContext;

/// A set of context variables with their values, to run code in.
///
/// Clones are handles on the same set; [`copy`](Self::copy) and [`copy_context`] make a new one.
/// Code that runs in a context changes it; nothing else does. It may be run in again and again,
/// also inside itself and on other threads.
///
/// # Examples
///
/// ```
/// use tulipa_context::{Context, ContextVar};
///
/// static DEPTH: ContextVar<u32> = ContextVar::new("depth");
///
/// let context = Context::new();
/// context.run(|| DEPTH.set(1));
/// let copy = context.copy();
/// copy.run(|| DEPTH.set(2));
/// assert_eq!((context.get(&DEPTH), copy.get(&DEPTH)), (Some(1), Some(2)));
/// assert_eq!(DEPTH.get(), None, "not set out here");
/// ```
#[derive(Clone)]
pub struct Context(Arc<Mutex<Values>>);

/// A copy of the context of the running code.
///
/// # Examples
///
/// ```
/// use tulipa_context::{ContextVar, copy_context};
///
/// static LEVEL: ContextVar<u32> = ContextVar::new("level");
///
/// LEVEL.set(1);
/// let context = copy_context();
/// LEVEL.set(2);
/// assert_eq!(context.get(&LEVEL), Some(1));
/// ```
pub fn copy_context() -> Context {
    current::get().map(|current| current.copy()).unwrap_or_default()
}

impl Context {
    /// A context in which no variable is set.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Values::default())))
    }

    /// A new context with the values that this one has now.
    #[must_use = "this one stays as it is"]
    pub fn copy(&self) -> Self {
        let values = self.values().clone();
        Self(Arc::new(Mutex::new(values)))
    }

    /// Runs a closure in this context: what it sets stays set here.
    ///
    /// Afterwards, also if the closure panics, the caller's context is back.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_context::{Context, ContextVar};
    ///
    /// static NAME: ContextVar<&str> = ContextVar::new("name");
    ///
    /// let context = Context::new();
    /// assert_eq!(context.run(|| NAME.get()), None);
    /// context.run(|| NAME.set("kept"));
    /// assert_eq!(context.run(|| NAME.get()), Some("kept"));
    /// ```
    pub fn run<R>(&self, run: impl FnOnce() -> R) -> R {
        Saved::from(self.clone()).enter(run)
    }

    /// Runs a future in this context, on whatever executor polls it.
    ///
    /// Suspends when the future does; between polls the context is not entered.
    ///
    /// # Cancel safety
    ///
    /// Dropping it drops the future, in the context.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_lite::future::{block_on, yield_now};
    /// use tulipa_context::{ContextVar, copy_context};
    ///
    /// static REQUEST: ContextVar<u32> = ContextVar::new("request");
    ///
    /// let handler = copy_context().wrap(async {
    ///     REQUEST.set(7);
    ///     yield_now().await;
    ///     REQUEST.get()
    /// });
    /// assert_eq!(block_on(handler), Some(7));
    /// assert_eq!(REQUEST.get(), None);
    /// ```
    pub fn wrap<F: IntoFuture>(&self, future: F) -> InContext<F::IntoFuture> {
        InContext::new(self.clone(), future.into_future())
    }

    /// What a variable is set to here; its default does not count.
    pub fn get<T>(&self, var: &ContextVar<T>) -> Option<T>
    where
        T: Clone + Send + Sync + 'static,
    {
        let value = self.value(var.id()?)?;
        value.downcast_ref::<T>().cloned()
    }

    /// Whether a variable is set here.
    pub fn contains<T>(&self, var: &ContextVar<T>) -> bool {
        var.id().is_some_and(|id| self.value(id).is_some())
    }

    /// How many variables are set here.
    pub fn len(&self) -> usize {
        self.values().len()
    }

    /// Whether no variable is set here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether both are handles on the same set.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn values(&self) -> MutexGuard<'_, Values> {
        lock(&self.0)
    }

    pub(crate) fn value(&self, var: VarId) -> Option<Value> {
        self.values().get(var).cloned()
    }

    pub(crate) fn replace(&self, var: VarId, value: Option<Value>) -> Option<Value> {
        self.values().replace(var, value)
    }
}

impl Default for Context {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("variables", &self.len()).finish()
    }
}

/// A value as the type it was set with.
pub(crate) fn downcast<T: Any + Send + Sync>(value: Value) -> Arc<T> {
    value.downcast::<T>().expect("a variable has values of one type only")
}
