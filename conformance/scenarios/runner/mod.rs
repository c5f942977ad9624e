//! Scenarios of `run` and `Runner`.

mod born_at_the_end;
mod closed;
mod contexts;
mod interrupted;
mod interrupted_and_cancelled;
mod interrupted_and_swallowed;
mod interrupted_in_a_callback;
mod interrupted_runs;
mod interrupted_twice;
mod interrupted_twice_in_main;
mod last_iteration;
mod leftover_awaits_another;
mod leftover_fails;
mod leftover_swallows;
mod leftovers_clean_up;
mod main_fails;
mod main_is_cancelled;
mod own_handler;
mod run_in_a_run;
mod two_runs;

crate::scenario::scenarios! { "runner":
    whole born_at_the_end,
    whole closed,
    whole contexts,
    whole interrupted,
    whole interrupted_and_cancelled,
    whole interrupted_and_swallowed,
    whole interrupted_in_a_callback,
    whole interrupted_runs,
    whole interrupted_twice,
    whole interrupted_twice_in_main,
    whole last_iteration,
    whole leftover_awaits_another,
    whole leftover_fails,
    whole leftover_swallows,
    whole leftovers_clean_up,
    whole main_fails,
    whole main_is_cancelled,
    whole own_handler,
    whole run_in_a_run,
    whole two_runs,
}
