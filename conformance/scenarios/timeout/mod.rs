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
mod no_deadline;
mod outer_expires;
mod passed_already;
mod swallowed;
mod zero;

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
    timed no_deadline,
    timed outer_expires,
    timed passed_already,
    timed swallowed,
    timed zero,
}
