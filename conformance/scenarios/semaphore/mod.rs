//! Scenarios of semaphores.

mod bounded_hand_on;
mod cancelled_in_line;
mod few_at_a_time;
mod nobody_barges;
mod one_for_each;
mod released_too_often;
mod spare_unit;
mod turns;
mod woken_then_cancelled;

crate::scenario::scenarios! { "semaphore":
    timeless bounded_hand_on,
    timeless cancelled_in_line,
    timed few_at_a_time,
    timeless nobody_barges,
    timeless one_for_each,
    timeless released_too_often,
    timeless spare_unit,
    timeless turns,
    timeless woken_then_cancelled,
}
