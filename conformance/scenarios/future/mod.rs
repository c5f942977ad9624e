//! Scenarios of promises, asyncio's futures.

mod callbacks;

crate::scenario::scenarios! { "future":
    timeless callbacks,
}
