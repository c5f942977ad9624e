//! [`TestLoop`] keeps the promises of the seam.

use tulipa_test::{TestLoop, conformance};

#[test]
fn clock() {
    conformance::clock(TestLoop::new);
}

#[test]
fn timer() {
    conformance::timer(TestLoop::new);
}

#[test]
fn reactor() {
    conformance::reactor(TestLoop::new);
}

#[test]
fn schedule() {
    conformance::schedule(TestLoop::new);
}
