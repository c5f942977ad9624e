//! [`Token`]: takes back one `set`.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::context::Context;
use crate::values::VarId;

/// What a variable was before a [`set`](crate::ContextVar::set), to take that back with
/// [`reset`](crate::ContextVar::reset). Dropping it leaves the new value.
pub struct Token<T> {
    pub(crate) var: VarId,
    pub(crate) context: Context,
    pub(crate) old: Option<Arc<T>>,
}

impl<T> Token<T> {
    /// What the variable was set to before; `None` if it was not.
    pub fn old_value(&self) -> Option<&T> {
        self.old.as_deref()
    }
}

impl<T> fmt::Debug for Token<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("was_set", &self.old.is_some()).finish_non_exhaustive()
    }
}

/// A token was used where it does not belong; carries it back.
pub struct ResetError<T> {
    /// The token.
    pub token: Token<T>,
    pub(crate) is_other_var: bool,
}

impl<T> fmt::Display for ResetError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_other_var {
            "the token was made by another context variable: reset that one"
        } else {
            "the token was made in another context: reset the variable in that one"
        })
    }
}

impl<T> fmt::Debug for ResetError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResetError({self})")
    }
}

impl<T> Error for ResetError<T> {}
