//! Scenarios of `wait_for`, which is `timeout` here.

mod answers_with_an_error;
mod in_the_callers_task;

crate::scenario::scenarios! { "wait_for":
    timed answers_with_an_error,
    timeless in_the_callers_task,
}
