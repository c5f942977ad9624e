//! Scenarios of barriers.

mod aborted;
mod aborted_while_others_wait_outside;
mod cancelled_while_it_drains;
mod cancelled_while_it_fills;
mod for_one;
mod index_after_a_cancelled_one;
mod indices;
mod more_than_it_holds;
mod reset_while_it_drains;
mod reset_with_waiters;
mod reset_without_waiters;
mod rounds;
mod while_others_leave;

crate::scenario::scenarios! { "barrier":
    timeless aborted,
    timeless aborted_while_others_wait_outside,
    timeless cancelled_while_it_drains,
    timeless cancelled_while_it_fills,
    timeless for_one,
    timeless index_after_a_cancelled_one,
    timeless indices,
    timeless more_than_it_holds,
    timeless reset_while_it_drains,
    timeless reset_with_waiters,
    timeless reset_without_waiters,
    timeless rounds,
    timeless while_others_leave,
}
