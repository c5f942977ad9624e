//! Scenarios of locks.

mod ahead_of_the_cancelled;
mod another_loop;
mod cancelled_in_line;
mod cancelled_when_it_came;
mod failing_holder;
mod fifo;
mod gives_up;
mod nobody_barges;
mod not_reentrant;
mod one_woken_at_a_time;
mod released_by_another;
mod turns;
mod woken_then_cancelled;

crate::scenario::scenarios! { "lock":
    timeless ahead_of_the_cancelled,
    whole another_loop,
    timeless cancelled_in_line,
    timeless cancelled_when_it_came,
    timeless failing_holder,
    timeless fifo,
    timed gives_up,
    timeless nobody_barges,
    timed not_reentrant,
    timeless one_woken_at_a_time,
    timeless released_by_another,
    timeless turns,
    timeless woken_then_cancelled,
}
