//! Scenarios of `wait`.

crate::scenario::scenarios! { "wait":
}
