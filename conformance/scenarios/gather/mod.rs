//! Scenarios of `gather`.

mod cancelled;
mod cancelled_at_the_first;
mod cancelled_child;
mod finished;
mod first_failure;
mod gather_in_a_gather;
mod later_failures;
mod nothing;
mod results_in_order;
mod return_exceptions;
mod swallowed_by_children;
mod the_same_twice;
mod when_it_ends;

crate::scenario::scenarios! { "gather":
    timed cancelled,
    timed cancelled_at_the_first,
    timed cancelled_child,
    timed finished,
    timed first_failure,
    timed gather_in_a_gather,
    real later_failures,
    timeless nothing,
    timed results_in_order,
    timed return_exceptions,
    timed swallowed_by_children,
    timeless the_same_twice,
    timeless when_it_ends,
}
