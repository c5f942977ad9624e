//! A virtual-clock loop, a hand-poller and conformance kits for testing async code.
