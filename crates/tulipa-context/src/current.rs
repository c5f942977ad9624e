//! The context of the code that runs on this thread.
//!
//! # Protocol
//!
//! `CURRENT` is the context that is entered; `None` stands for one that nothing was ever set in,
//! which most programs never leave. The first `set` makes it. `ANY` says whether it is there, and
//! can be read without a look at a slot that has a destructor: it is all that a task's poll costs
//! where no variable is used. Both change together, in `replace`.

use std::cell::{Cell, RefCell};

use crate::context::Context;

thread_local! {
    static CURRENT: RefCell<Option<Context>> = const { RefCell::new(None) };
    static ANY: Cell<bool> = const { Cell::new(false) };
}

/// Whether there is a context, and not just the empty one that stands for none.
#[inline]
pub(crate) fn is_any() -> bool {
    ANY.get()
}

/// Makes another context the current one, and gives back what was.
pub(crate) fn replace(context: Option<Context>) -> Option<Context> {
    let any = context.is_some();
    // At the thread's end the slot may be gone: code in destructors then runs in no context.
    let old = CURRENT.try_with(|current| current.replace(context)).ok();
    ANY.set(any && old.is_some());
    old.flatten()
}

/// The current context, if there is one.
pub(crate) fn get() -> Option<Context> {
    if !is_any() {
        return None;
    }
    CURRENT.try_with(|current| current.borrow().clone()).ok().flatten()
}

/// The current context, made if need be.
pub(crate) fn get_or_make() -> Context {
    get().unwrap_or_else(|| {
        let context = Context::new();
        replace(Some(context.clone()));
        context
    })
}
