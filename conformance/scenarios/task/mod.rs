//! Scenarios of tasks: starting, ending, taking turns.

mod awaiter_goes_on_later;
mod chain_of_awaiters;
mod context_is_copied;
mod context_that_is_given;
mod eager_and_cancelled_at_once;
mod eager_and_done_at_once;
mod eager_and_failed;
mod eager_or_not;
mod eager_to_its_first_suspension;
mod failure_goes_to_the_awaiter;
mod interrupted;
mod nobody_holds_it;
mod ping_pong;
mod round_robin;
mod sleeps_and_yields;
mod starts_in_the_next_iteration;
mod who_runs;

crate::scenario::scenarios! { "task":
    timeless awaiter_goes_on_later,
    timeless chain_of_awaiters,
    timeless context_is_copied,
    timeless context_that_is_given,
    timeless eager_and_cancelled_at_once,
    timeless eager_and_done_at_once,
    timeless eager_and_failed,
    timeless eager_or_not,
    timeless eager_to_its_first_suspension,
    timeless failure_goes_to_the_awaiter,
    whole interrupted,
    timeless nobody_holds_it,
    timeless ping_pong,
    timeless round_robin,
    timed sleeps_and_yields,
    timeless starts_in_the_next_iteration,
    timeless who_runs,
}
