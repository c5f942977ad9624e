//! [`Saved`]: a context as something keeps it that is entered again and again.

use std::cell::Cell;
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
#[derive(Default)]
pub struct Saved(Cell<Option<Context>>);

impl Saved {
    /// A copy of the context of the running code.
    pub fn copy_current() -> Self {
        let current = current::get().filter(|current| !current.is_empty());
        Self(Cell::new(current.map(|current| current.copy())))
    }

    /// Runs a closure in the context. Afterwards, also if the closure panics, the caller's context
    /// is back, and what the closure has set is kept here.
    pub fn enter<R>(&self, run: impl FnOnce() -> R) -> R {
        struct Leave<'a> {
            saved: &'a Saved,
            outer: Option<Context>,
            is_changed: bool,
        }
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                if self.is_changed || current::is_any() {
                    let own = current::replace(self.outer.take());
                    drop(self.saved.0.replace(own));
                }
            }
        }
        let own = self.clone_inner();
        let is_changed = own.is_some() || current::is_any();
        let outer = if is_changed { current::replace(own) } else { None };
        let _leave = Leave { saved: self, outer, is_changed };
        run()
    }

    /// The context. It is made by this call if there was none.
    pub fn context(&self) -> Context {
        let context = self.clone_inner().unwrap_or_default();
        self.0.set(Some(context.clone()));
        context
    }

    fn clone_inner(&self) -> Option<Context> {
        let held = self.0.take();
        let clone = held.clone();
        self.0.set(held);
        clone
    }
}

/// A handle on the same context, if there is one yet.
impl Clone for Saved {
    fn clone(&self) -> Self {
        Self(Cell::new(self.clone_inner()))
    }
}

impl From<Context> for Saved {
    fn from(context: Context) -> Self {
        Self(Cell::new(Some(context)))
    }
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Saved").field(&self.clone_inner()).finish()
    }
}
