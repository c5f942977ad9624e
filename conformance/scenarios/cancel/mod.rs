//! Scenarios of cancellation of tasks.

mod swallowed_by_child;

crate::scenario::scenarios! { "cancel":
    timeless swallowed_by_child,
}
