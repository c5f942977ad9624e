//! Scenarios of tasks: starting, ending, taking turns.

mod awaiter_goes_on_later;
mod chain_of_awaiters;
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
    timeless failure_goes_to_the_awaiter,
    whole interrupted,
    timeless nobody_holds_it,
    timeless ping_pong,
    timeless round_robin,
    timed sleeps_and_yields,
    timeless starts_in_the_next_iteration,
    timeless who_runs,
}
