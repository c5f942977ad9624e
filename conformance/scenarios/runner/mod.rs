//! Scenarios of `run` and `Runner`.

mod born_at_the_end;
mod closed;
mod last_iteration;
mod leftover_awaits_another;
mod leftover_fails;
mod leftover_swallows;
mod leftovers_clean_up;
mod main_fails;
mod main_is_cancelled;
mod run_in_a_run;
mod two_runs;

crate::scenario::scenarios! { "runner":
    whole born_at_the_end,
    whole closed,
    whole last_iteration,
    whole leftover_awaits_another,
    whole leftover_fails,
    whole leftover_swallows,
    whole leftovers_clean_up,
    whole main_fails,
    whole main_is_cancelled,
    whole run_in_a_run,
    whole two_runs,
}
