//! Scenarios of events.

crate::scenario::scenarios! { "event":
}
