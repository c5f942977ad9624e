//! Scenarios of calls from other threads.

mod wakes_a_sleeping_loop;

crate::scenario::scenarios! { "thread":
    whole wakes_a_sleeping_loop,
}
