//! Scenarios of `as_completed`.

mod asked_after_the_deadline;
mod cancelled_consumer;
mod failures;
mod left_early;
mod one_iteration;
mod order;
mod slow_consumer;
mod tasks_that_end_at_once;
mod timeout;

crate::scenario::scenarios! { "as_completed":
    timed asked_after_the_deadline,
    timed cancelled_consumer,
    timed failures,
    timed left_early,
    timeless one_iteration,
    timed order,
    timed slow_consumer,
    timeless tasks_that_end_at_once,
    timed timeout,
}
