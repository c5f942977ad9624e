//! Scenarios of callbacks, timers, running and stopping.

mod callback_order;
mod callback_that_fails;
mod callbacks_queue_callbacks;
mod cancelled_timers;
mod close_drops_callbacks;
mod close_with_a_pending_task;
mod context_of_a_callback;
mod context_of_a_timer;
mod equal_deadlines;
mod late_loop_real;
mod looks_at_the_clock;
mod one_iteration;
mod one_loop_for_a_thread;
mod pending_tasks_go_on;
mod starves_no_timer;
mod stop_before_a_run;
mod stop_in_a_batch;
mod stopped_early;
mod the_rest_of_the_batch;
mod timer_order;
mod zero_delay;

crate::scenario::scenarios! { "event_loop":
    timeless callback_order,
    real callback_that_fails,
    timeless callbacks_queue_callbacks,
    real cancelled_timers,
    whole close_drops_callbacks,
    whole close_with_a_pending_task,
    timeless context_of_a_callback,
    real context_of_a_timer,
    timed equal_deadlines,
    whole late_loop_real,
    real looks_at_the_clock,
    whole one_iteration,
    whole one_loop_for_a_thread,
    whole pending_tasks_go_on,
    real starves_no_timer,
    whole stop_before_a_run,
    whole stop_in_a_batch,
    whole stopped_early,
    whole the_rest_of_the_batch,
    timed timer_order,
    real zero_delay,
}
