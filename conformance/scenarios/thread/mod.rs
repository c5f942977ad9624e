//! Scenarios of calls from other threads.

mod call_that_is_cancelled;
mod cancelled_from_outside;
mod cancelled_twice;
mod from_its_own_thread;
mod loop_that_closes_real;
mod order_of_each_thread;
mod two_loops;
mod wakes_a_sleeping_loop;
mod what_comes_back;

crate::scenario::scenarios! { "thread":
    whole call_that_is_cancelled,
    whole cancelled_from_outside,
    whole cancelled_twice,
    real from_its_own_thread,
    whole loop_that_closes_real,
    whole order_of_each_thread,
    whole two_loops,
    whole wakes_a_sleeping_loop,
    whole what_comes_back,
}
