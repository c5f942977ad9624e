//! Scenarios of locks.

mod fifo;

crate::scenario::scenarios! { "lock":
    timeless fifo,
}
