//! [`Saved`]: a context as something keeps it that is entered again and again.

use std::cell::OnceCell;
use std::fmt;

use crate::context::Context;
use crate::current;

/// The context of a task or callback while it does not run; for those who write executors.
///
/// Nothing is allocated before a variable is set: a task that was created where none is, and that
/// sets none, keeps one empty word.
///
/// # Examples
///
/// ```
/// use tulipa_context::{ContextVar, Saved};
///
/// static STEP: ContextVar<u32> = ContextVar::new("step");
///
/// let task = Saved::copy_current();
/// task.enter(|| STEP.set(1));
/// assert_eq!(STEP.get(), None);
/// assert_eq!(task.enter(|| STEP.get()), Some(1));
/// ```
#[derive(Clone, Default)]
pub struct Saved(OnceCell<Context>);

impl Saved {
    /// A copy of the context of the running code.
    #[inline]
    pub fn copy_current() -> Self {
        let saved = Self::default();
        if current::is_any() {
            saved.copy_from_current();
        }
        saved
    }

    fn copy_from_current(&self) {
        if let Some(current) = current::get().filter(|current| !current.is_empty()) {
            let _ = self.0.set(current.copy());
        }
    }

    /// Runs a closure in the context. Afterwards, also if the closure panics, the caller's context
    /// is back, and what the closure has set is kept here.
    #[inline]
    pub fn enter<R>(&self, run: impl FnOnce() -> R) -> R {
        let is_swapped = self.0.get().is_some() || current::is_any();
        let outer = if is_swapped { current::replace(self.0.get().cloned()) } else { None };
        let _leave = Leave { saved: self, outer, is_swapped };
        run()
    }

    /// The context. It is made by this call if there was none.
    pub fn context(&self) -> Context {
        self.0.get_or_init(Context::new).clone()
    }

    /// Puts the caller's context back, and keeps the present one if it was made meanwhile.
    fn leave(&self, outer: Option<Context>) {
        let present = current::replace(outer);
        if let Some(made) = present.filter(|_| self.0.get().is_none()) {
            let _ = self.0.set(made);
        }
    }
}

struct Leave<'a> {
    saved: &'a Saved,
    outer: Option<Context>,
    is_swapped: bool,
}

impl Drop for Leave<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.is_swapped || current::is_any() {
            self.saved.leave(self.outer.take());
        }
    }
}

impl From<Context> for Saved {
    fn from(context: Context) -> Self {
        Self(OnceCell::from(context))
    }
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Saved").field(&self.0.get()).finish()
    }
}
