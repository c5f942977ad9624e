//! Scenarios of semaphores.

crate::scenario::scenarios! { "semaphore":
}
