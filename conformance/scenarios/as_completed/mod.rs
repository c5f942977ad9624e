//! Scenarios of `as_completed`.

crate::scenario::scenarios! { "as_completed":
}
