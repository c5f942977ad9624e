//! Scenarios of task groups.

mod awaited_child_fails;
mod body_fails;
mod body_interrupted;
mod cancelled_again;
mod cancelled_child;
mod cancelled_from_outside;
mod cancelled_with_errors;
mod child_fails;
mod child_times_out;
mod eager_child_fails;
mod empty;
mod errors_in_order;
mod errors_of_one_iteration;
mod group_in_a_group;
mod in_a_timeout;
mod made_as_one_fails;
mod outside_its_life;
mod results;
mod swallowed_by_a_child;
mod waits_for_all;
mod when_it_ends;

crate::scenario::scenarios! { "task_group":
    timeless awaited_child_fails,
    timed body_fails,
    whole body_interrupted,
    timed cancelled_again,
    timed cancelled_child,
    timed cancelled_from_outside,
    timed cancelled_with_errors,
    timed child_fails,
    timed child_times_out,
    timeless eager_child_fails,
    timeless empty,
    timed errors_in_order,
    timeless errors_of_one_iteration,
    timed group_in_a_group,
    timed in_a_timeout,
    timeless made_as_one_fails,
    timed outside_its_life,
    timed results,
    timed swallowed_by_a_child,
    timeless waits_for_all,
    timeless when_it_ends,
}
