//! CPython's own tests of the event loop, written anew for callbacks, timers and handles. Each test
//! names the one it stands for; `README.md` lists those that have no place here.

mod base_events; // test_base_events: order, stop and close
mod events; // test_events: callbacks of every kind, descriptors, the end
mod handlers; // test_base_events: exception handlers
mod handles; // test_events: handles and timers
