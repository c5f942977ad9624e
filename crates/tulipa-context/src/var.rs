//! [`ContextVar`]: a variable that has a value in each context.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use crate::context::downcast;
use crate::current;
use crate::token::{ResetError, Token};
use crate::values::VarId;

/// A variable that has a value of its own in each context: it follows the task, not the thread.
///
/// Make it a `static`. Values are shared between a context and its copies, hence `Send + Sync`.
///
/// # Examples
///
/// ```
/// use tulipa_context::{ContextVar, copy_context};
///
/// static LANGUAGE: ContextVar<&str> = ContextVar::with_default("language", "en");
///
/// assert_eq!(LANGUAGE.get(), Some("en"));
/// copy_context().run(|| {
///     LANGUAGE.set("nl");
///     assert_eq!(LANGUAGE.get(), Some("nl"));
/// });
/// assert_eq!(LANGUAGE.get(), Some("en"));
/// ```
#[doc(alias = "task_local")]
#[doc(alias = "thread_local")]
pub struct ContextVar<T: 'static> {
    name: &'static str,
    default: Option<T>,
    /// Made by the first `set`.
    id: OnceLock<VarId>,
}

impl<T> ContextVar<T> {
    /// A variable that is not set anywhere. The name is for people.
    pub const fn new(name: &'static str) -> Self {
        Self { name, default: None, id: OnceLock::new() }
    }

    /// A variable that reads so wherever it is not set.
    pub const fn with_default(name: &'static str, default: T) -> Self {
        Self { name, default: Some(default), id: OnceLock::new() }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// `None` if it was never set anywhere.
    pub(crate) fn id(&self) -> Option<VarId> {
        self.id.get().copied()
    }

    fn id_or_new(&self) -> VarId {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        // Relaxed: only uniqueness matters. It starts at one and cannot come round in 2^64 steps.
        let new = || VarId(NonZeroU64::new(NEXT.fetch_add(1, Relaxed)).unwrap_or(NonZeroU64::MAX));
        *self.id.get_or_init(new)
    }
}

impl<T: Send + Sync + 'static> ContextVar<T> {
    /// Its value in the context of the running code, else its default, else `None`.
    pub fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.here().map(|value| T::clone(&value)).or_else(|| self.default.clone())
    }

    /// Looks at its value where it is, which need not be `Clone`.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_context::ContextVar;
    ///
    /// struct Session(u32);
    /// static SESSION: ContextVar<Session> = ContextVar::new("session");
    ///
    /// SESSION.set(Session(7));
    /// assert_eq!(SESSION.with(|session| session.map(|session| session.0)), Some(7));
    /// ```
    pub fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> R {
        // Nothing is borrowed or locked while `look` runs.
        match self.here() {
            Some(value) => look(Some(&value)),
            None => look(self.default.as_ref()),
        }
    }

    fn here(&self) -> Option<Arc<T>> {
        let id = self.id()?;
        current::get()?.value(id).map(downcast)
    }

    /// Sets it in the context of the running code. The token takes that back; dropping the token
    /// leaves it.
    pub fn set(&self, value: T) -> Token<T> {
        let (var, context) = (self.id_or_new(), current::get_or_make());
        let old = context.replace(var, Some(Arc::new(value)));
        Token { var, context, old: old.map(downcast) }
    }

    /// Makes it what it was before the `set` that gave the token.
    ///
    /// # Errors
    ///
    /// [`ResetError`] with the token, if another variable gave it, or if it was given in another
    /// context than that of the running code.
    ///
    /// # Examples
    ///
    /// ```
    /// use tulipa_context::{ContextVar, copy_context};
    ///
    /// static LEVEL: ContextVar<u32> = ContextVar::new("level");
    ///
    /// let token = LEVEL.set(1);
    /// let error = copy_context().run(|| LEVEL.reset(token)).unwrap_err();
    /// assert!(error.to_string().contains("another context"));
    /// LEVEL.reset(error.token).unwrap();
    /// assert_eq!(LEVEL.get(), None);
    /// ```
    pub fn reset(&self, token: Token<T>) -> Result<(), ResetError<T>> {
        let is_other_var = self.id() != Some(token.var);
        let is_here = current::get().is_some_and(|current| current.is_same(&token.context));
        if is_other_var || !is_here {
            return Err(ResetError { token, is_other_var });
        }
        let gone = token.context.replace(token.var, token.old.map(|old| old as _));
        drop(gone);
        Ok(())
    }
}

impl<T> fmt::Debug for ContextVar<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<ContextVar name='{}'>", self.name)
    }
}
