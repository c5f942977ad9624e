//! Scenarios of callbacks, timers, running and stopping.

mod callback_order;
mod callback_that_fails;
mod timer_order;

crate::scenario::scenarios! { "event_loop":
    timeless callback_order,
    real callback_that_fails,
    timed timer_order,
}
