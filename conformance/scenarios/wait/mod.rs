//! Scenarios of `wait`.

mod all_are_done;
mod cancelled;
mod first_completed;
mod first_exception;
mod in_a_loop;
mod no_exception;
mod nothing;
mod timeout;
mod when_it_ends;

crate::scenario::scenarios! { "wait":
    timeless all_are_done,
    timed cancelled,
    timeless first_completed,
    timed first_exception,
    timed in_a_loop,
    timed no_exception,
    timeless nothing,
    timed timeout,
    timeless when_it_ends,
}
