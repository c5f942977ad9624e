//! Scenarios of `gather`.

crate::scenario::scenarios! { "gather":
}
