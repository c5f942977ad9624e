//! Scenarios of deadlines.

crate::scenario::scenarios! { "timeout":
}
