//! Scenarios of `run` and `Runner`.

crate::scenario::scenarios! { "runner":
}
