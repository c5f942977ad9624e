//! Scenarios of conditions.

mod behind_those_in_line;
mod bounded_buffer;
mod cancelled_wait;
mod cancelled_wait_free_lock;
mod lets_go_while_it_waits;
mod notified_in_order;
mod notified_then_cancelled;
mod notified_with_nobody_there;
mod predicate;
mod takes_turns;
mod true_at_once;

crate::scenario::scenarios! { "condition":
    timeless behind_those_in_line,
    timeless bounded_buffer,
    timeless cancelled_wait,
    timeless cancelled_wait_free_lock,
    timeless lets_go_while_it_waits,
    timeless notified_in_order,
    timeless notified_then_cancelled,
    timeless notified_with_nobody_there,
    timeless predicate,
    timeless takes_turns,
    timeless true_at_once,
}
