//! Scenarios of events.

mod cancelled_waiter;
mod cleared_by_the_first;
mod in_time;
mod many_sets_one_wake;
mod relay;
mod set_already;
mod set_and_cleared;
mod wakes_all_in_order;

crate::scenario::scenarios! { "event":
    timeless cancelled_waiter,
    timeless cleared_by_the_first,
    timed in_time,
    timeless many_sets_one_wake,
    timeless relay,
    timeless set_already,
    timeless set_and_cleared,
    timeless wakes_all_in_order,
}
