//! Scenarios of deadlines.

mod after_a_swallowed_cancel;
mod awaits_a_task;
mod blocks_real;
mod both_expire;
mod cancelled_at_the_deadline;
mod cancelled_by_the_body;
mod caught_and_forgotten;
mod cleanup_with_a_deadline;
mod from_the_call;
mod inner_expires;
mod moved;
mod moved_after_a_swallowed_cancel;
mod moved_and_cancelled;
mod moved_into_the_past;
mod moved_outside_its_use;
mod moved_too_late;
mod no_deadline;
mod outer_expires;
mod passed_already;
mod swallowed;
mod zero;
mod zero_and_a_yield;

crate::scenario::scenarios! { "timeout":
    timed after_a_swallowed_cancel,
    timed awaits_a_task,
    real blocks_real,
    timed both_expire,
    timed cancelled_at_the_deadline,
    timed cancelled_by_the_body,
    timed caught_and_forgotten,
    timed cleanup_with_a_deadline,
    timed from_the_call,
    timed inner_expires,
    timed moved,
    timed moved_after_a_swallowed_cancel,
    timed moved_and_cancelled,
    timed moved_into_the_past,
    timed moved_outside_its_use,
    timed moved_too_late,
    timed no_deadline,
    timed outer_expires,
    timed passed_already,
    timed swallowed,
    timed zero,
    timed zero_and_a_yield,
}
