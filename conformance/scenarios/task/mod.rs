//! Scenarios of tasks: starting, ending, taking turns.

mod round_robin;

crate::scenario::scenarios! { "task":
    timeless round_robin,
}
