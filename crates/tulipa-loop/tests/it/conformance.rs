//! The promises of the seam, kept on both backends.

use std::rc::Rc;
use std::time::Duration;

use tulipa_loop::{Backend, EventLoop};
use tulipa_rt::Runtime;
use tulipa_test::conformance::{self, Subject};

struct Real(EventLoop);

impl Real {
    fn native() -> Self {
        Self::new(Backend::Native)
    }

    fn portable() -> Self {
        Self::new(Backend::Portable)
    }

    fn new(backend: Backend) -> Self {
        let event_loop = EventLoop::with_backend(backend).unwrap();
        // The kits make panics and pending tasks on purpose.
        event_loop.set_exception_handler(|_| {});
        Self(event_loop)
    }
}

impl Subject for Real {
    fn runtime(&self) -> Rc<dyn Runtime> {
        self.0.runtime()
    }

    fn turn(&mut self, wait: Duration) {
        self.0.turn(Some(wait)).unwrap();
    }
}

#[test]
fn clock() {
    conformance::clock(Real::native);
    conformance::clock(Real::portable);
}

#[test]
fn timer_native() {
    conformance::timer(Real::native);
}

#[test]
fn timer_portable() {
    conformance::timer(Real::portable);
}

#[test]
fn reactor_native() {
    conformance::reactor(Real::native);
}

#[test]
fn reactor_portable() {
    conformance::reactor(Real::portable);
}

#[test]
fn schedule_native() {
    conformance::schedule(Real::native);
}

#[test]
fn schedule_portable() {
    conformance::schedule(Real::portable);
}
