//! Scenarios of queues.

crate::scenario::scenarios! { "queue":
}
