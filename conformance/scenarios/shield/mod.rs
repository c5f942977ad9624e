//! Scenarios of `shield`.

mod cancelled_awaiter;
mod cancelled_task;
mod cancelled_work;
mod in_a_cleanup;
mod in_a_gather;
mod in_a_timeout;
mod late_result;
mod nobody_holds_the_work;

crate::scenario::scenarios! { "shield":
    timed cancelled_awaiter,
    timed cancelled_task,
    timed cancelled_work,
    timed in_a_cleanup,
    timed in_a_gather,
    timed in_a_timeout,
    timed late_result,
    real nobody_holds_the_work,
}
