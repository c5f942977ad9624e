//! Scenarios of `shield`.

crate::scenario::scenarios! { "shield":
}
