//! Scenarios of queues.

mod cancelled_getter;
mod cancelled_putter;
mod equal_priorities;
mod everybody_told;
mod getters_in_order;
mod greedy_producer;
mod item_taken_away;
mod joined;
mod joined_and_filled_again;
mod newest_and_smallest;
mod pipeline;
mod place_taken_away;
mod putters_in_order;
mod room_for_two;
mod shut_down;
mod shut_down_at_once;
mod shut_down_full;
mod shut_down_while_getters_wait;
mod shut_down_while_putters_wait;
mod smallest_when_it_runs;
mod without_waiting;
mod woken_then_cancelled;
mod workers;

crate::scenario::scenarios! { "queue":
    timeless cancelled_getter,
    timeless cancelled_putter,
    timeless equal_priorities,
    timeless everybody_told,
    timeless getters_in_order,
    timeless greedy_producer,
    timeless item_taken_away,
    timeless joined,
    timeless joined_and_filled_again,
    timeless newest_and_smallest,
    timed pipeline,
    timeless place_taken_away,
    timeless putters_in_order,
    timeless room_for_two,
    timeless shut_down,
    timeless shut_down_at_once,
    timeless shut_down_full,
    timeless shut_down_while_getters_wait,
    timeless shut_down_while_putters_wait,
    timeless smallest_when_it_runs,
    timeless without_waiting,
    timeless woken_then_cancelled,
    timed workers,
}
