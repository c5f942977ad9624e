//! Scenarios of barriers.

crate::scenario::scenarios! { "barrier":
}
