//! What the tests share: a log, panics and who is blamed for them.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::rc::Rc;
use std::sync::Once;

use tulipa::EventLoop;
use tulipa::rt::{Backend, ExceptionContext};

/// Runs a test on a new loop of each backend.
pub(crate) fn on_both_backends(test: impl Fn(&EventLoop)) {
    for backend in [Backend::Native, Backend::Portable] {
        eprintln!("backend: {backend:?}");
        test(&EventLoop::with_backend(backend).unwrap());
    }
}

/// What happened, in order.
#[derive(Debug)]
pub(crate) struct Log<T>(Rc<RefCell<Vec<T>>>);

impl<T> Log<T> {
    pub(crate) fn new() -> Self {
        Self(Rc::default())
    }

    pub(crate) fn add(&self, event: T) {
        self.0.borrow_mut().push(event);
    }

    pub(crate) fn take(&self) -> Vec<T> {
        self.0.take()
    }
}

impl<T> Clone for Log<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Writes its event when it is dropped.
pub(crate) struct OnDrop<T: Clone>(pub(crate) Log<T>, pub(crate) T);

impl<T: Clone> Drop for OnDrop<T> {
    fn drop(&mut self) {
        self.0.add(self.1.clone());
    }
}

/// Panics when it is dropped.
pub(crate) struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("in a destructor, as it should in this test");
    }
}

/// What a closure panics with, and the place that is blamed for it.
#[track_caller]
pub(crate) fn panic_of<R>(panics: impl FnOnce() -> R) -> (String, String) {
    thread_local!(static BLAMED: Cell<String> = const { Cell::new(String::new()) });
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
            BLAMED.set(place.unwrap_or_default());
            usual(info);
        }));
    });
    let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(panics()))) else {
        panic!("it did not panic")
    };
    let text = payload.downcast_ref::<String>().cloned();
    (text.unwrap_or_else(|| (*payload.downcast_ref::<&str>().unwrap()).to_owned()), BLAMED.take())
}

/// The place so many lines below this call, as a panic or a report names it.
macro_rules! place {
    ($below:expr) => {
        format!("{}:{}", file!(), line!() + $below)
    };
}
pub(crate) use place;

/// Collects what is told to the exception handler.
pub(crate) fn reports(event_loop: &EventLoop) -> Log<ExceptionContext> {
    let log = Log::new();
    let reports = log.clone();
    event_loop.set_exception_handler(move |context| reports.add(context.clone()));
    log
}
