//! Scenarios of `wait_for`, which is `timeout` here.

mod answers_with_an_error;
mod cancelled_from_outside;
mod cancelled_in_the_cleanup;
mod cleanup_takes_longer;
mod deadline_in_the_cleanup;
mod in_the_callers_task;
mod no_time_left;
mod result_of_the_same_iteration;
mod tries_again;
mod value_in_spite_of_it;
mod zero_and_a_coroutine;

crate::scenario::scenarios! { "wait_for":
    timed answers_with_an_error,
    timed cancelled_from_outside,
    timed cancelled_in_the_cleanup,
    timed cleanup_takes_longer,
    timed deadline_in_the_cleanup,
    timeless in_the_callers_task,
    timeless no_time_left,
    real result_of_the_same_iteration,
    timed tries_again,
    timed value_in_spite_of_it,
    timed zero_and_a_coroutine,
}
