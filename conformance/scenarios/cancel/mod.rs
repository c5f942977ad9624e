//! Scenarios of cancellation of tasks.

mod answered_with_a_failure;
mod awaiting_a_cancelled_task;
mod before_it_starts;
mod by_its_own_hand;
mod cancels_itself;
mod caught_and_forgotten;
mod caught_and_over;
mod given_back_in_time;
mod goes_down_and_comes_up;
mod how_fast_it_goes_down;
mod many_at_once;
mod message;
mod only_a_request;
mod returns_all_the_same;
mod runnable;
mod second_request_interrupts_the_cleanup;
mod swallowed_by_child;
mod the_awaited_future_too;
mod the_result_is_there;
mod two_requests_arrive_as_one;
mod when_it_cancels_itself;
mod when_the_future_is_cancelled;

crate::scenario::scenarios! { "cancel":
    timeless answered_with_a_failure,
    timeless awaiting_a_cancelled_task,
    timeless before_it_starts,
    timeless by_its_own_hand,
    timeless cancels_itself,
    timeless caught_and_forgotten,
    timed caught_and_over,
    timeless given_back_in_time,
    timeless goes_down_and_comes_up,
    timeless how_fast_it_goes_down,
    timeless many_at_once,
    timeless message,
    timeless only_a_request,
    timeless returns_all_the_same,
    timeless runnable,
    timed second_request_interrupts_the_cleanup,
    timeless swallowed_by_child,
    timeless the_awaited_future_too,
    timeless the_result_is_there,
    timeless two_requests_arrive_as_one,
    timeless when_it_cancels_itself,
    timeless when_the_future_is_cancelled,
}
