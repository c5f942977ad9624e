//! Scenarios of conditions.

crate::scenario::scenarios! { "condition":
}
