//! Scenarios of promises, asyncio's futures.

mod awaited_twice;
mod awaiters_in_order;
mod awaits_itself;
mod callback_taken_back;
mod callbacks;
mod cancelled_under_its_awaiter;
mod done_does_not_suspend;
mod failing_callback;
mod never_retrieved;
mod no_result_yet;
mod of_another_loop;
mod order_at_a_tasks_end;
mod same_callback_twice;
mod set_once;
mod task_never_retrieved;

crate::scenario::scenarios! { "future":
    timeless awaited_twice,
    timeless awaiters_in_order,
    timeless awaits_itself,
    timeless callback_taken_back,
    timeless callbacks,
    timeless cancelled_under_its_awaiter,
    timeless done_does_not_suspend,
    real failing_callback,
    real never_retrieved,
    timeless no_result_yet,
    whole of_another_loop,
    timeless order_at_a_tasks_end,
    timeless same_callback_twice,
    timeless set_once,
    real task_never_retrieved,
}
