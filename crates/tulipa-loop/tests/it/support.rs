//! What the tests share: both backends, a log, a registered socket.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::rc::Rc;
use std::sync::Once;
use std::time::{Duration, Instant};

use tulipa_loop::{Backend, EventLoop};
use tulipa_rt::{ExceptionContext, Interest, Source};

pub(crate) const BACKENDS: [Backend; 2] = [Backend::Native, Backend::Portable];

/// Longer than anything here takes; whoever waits as long as this was not woken.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// Runs a test on a new loop of each backend.
pub(crate) fn on_both_backends(test: impl Fn(&EventLoop)) {
    for backend in BACKENDS {
        eprintln!("backend: {backend:?}");
        test(&EventLoop::with_backend(backend).unwrap());
    }
}

pub(crate) fn new_loop() -> EventLoop {
    EventLoop::new().unwrap()
}

pub(crate) fn before(instant: Instant, by: Duration) -> Instant {
    instant.checked_sub(by).unwrap()
}

/// One iteration that does not wait.
#[track_caller]
pub(crate) fn turn(event_loop: &EventLoop) -> usize {
    event_loop.turn(Some(Duration::ZERO)).unwrap()
}

/// Iterations until a condition holds.
#[track_caller]
pub(crate) fn turn_until(event_loop: &EventLoop, done: impl Fn() -> bool) {
    let mut in_vain = 0;
    while !done() {
        if event_loop.turn(Some(Duration::from_millis(100))).unwrap() == 0 {
            in_vain += 1;
            assert!(in_vain < 200, "it did not happen");
        }
    }
}

/// Runs the loop until there are so many entries in a log; it stops as the last is written.
pub(crate) fn run_until<T: 'static>(event_loop: &EventLoop, log: &Log<T>, entries: usize) {
    log.stop.replace(Some((entries, event_loop.clone())));
    event_loop.run_forever().unwrap();
    log.stop.take();
    assert!(log.len() >= entries);
}

/// What happened, in order.
#[derive(Debug)]
pub(crate) struct Log<T> {
    events: Rc<RefCell<Vec<T>>>,
    /// Stops a loop when there are so many.
    stop: Rc<RefCell<Option<(usize, EventLoop)>>>,
}

impl<T: 'static> Log<T> {
    pub(crate) fn new() -> Self {
        Self { events: Rc::default(), stop: Rc::default() }
    }

    pub(crate) fn add(&self, event: T) {
        self.events.borrow_mut().push(event);
        match &*self.stop.borrow() {
            Some((entries, event_loop)) if *entries == self.len() => event_loop.stop(),
            _ => {}
        }
    }

    /// A callback that writes this event.
    pub(crate) fn writes(&self, event: T) -> impl FnOnce() + 'static {
        let log = self.clone();
        move || log.add(event)
    }

    pub(crate) fn take(&self) -> Vec<T> {
        self.events.take()
    }

    pub(crate) fn len(&self) -> usize {
        self.events.borrow().len()
    }
}

impl<T> Clone for Log<T> {
    fn clone(&self) -> Self {
        Self { events: self.events.clone(), stop: self.stop.clone() }
    }
}

/// Writes its event when it is dropped.
#[derive(Debug)]
pub(crate) struct OnDrop<T: Clone + 'static>(pub(crate) Log<T>, pub(crate) T);

impl<T: Clone + 'static> Drop for OnDrop<T> {
    fn drop(&mut self) {
        self.0.add(self.1.clone());
    }
}

/// Panics when it is dropped.
#[derive(Debug)]
pub(crate) struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("in a destructor, as it should in this test");
    }
}

/// What a closure panics with, and the line that is blamed for it.
#[track_caller]
pub(crate) fn panic_of(panics: impl FnOnce()) -> (String, u32) {
    thread_local!(static BLAMED: Cell<u32> = const { Cell::new(0) });
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            BLAMED.set(info.location().map_or(0, std::panic::Location::line));
            usual(info);
        }));
    });
    let payload = catch_unwind(AssertUnwindSafe(panics)).expect_err("it panics");
    let text = payload.downcast_ref::<String>().cloned();
    (text.unwrap_or_else(|| (*payload.downcast_ref::<&str>().unwrap()).to_owned()), BLAMED.get())
}

/// Collects what is told to the exception handler.
pub(crate) fn reports(event_loop: &EventLoop) -> Log<ExceptionContext> {
    let log = Log::new();
    let reports = log.clone();
    event_loop.set_exception_handler(move |context| reports.add(context.clone()));
    log
}

/// A registered socket and its peer.
pub(crate) struct Pair {
    pub(crate) source: Source,
    pub(crate) peer: UnixStream,
}

impl Pair {
    pub(crate) fn new(event_loop: &EventLoop) -> Self {
        let (ours, peer) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        peer.set_nonblocking(true).unwrap();
        Self { source: event_loop.runtime().register(OwnedFd::from(ours)).unwrap(), peer }
    }

    pub(crate) fn send(&self, bytes: &[u8]) {
        (&self.peer).write_all(bytes).unwrap();
    }

    /// Writes to the peer until there is no room.
    pub(crate) fn fill(&self) {
        while rustix::io::write(&self.source, &[0; 4096]).is_ok() {}
    }

    /// Takes all that was written to the peer.
    pub(crate) fn drain(&self) {
        while rustix::io::read(&self.peer, &mut [0; 4096]).is_ok_and(|length| length > 0) {}
    }
}

/// Reads up to 16 bytes, waiting for them.
pub(crate) async fn read(source: &Source) -> Vec<u8> {
    poll_fn(|cx| {
        source.poll_io(Interest::Readable, cx, |fd| {
            let mut bytes = [0; 16];
            let length = rustix::io::read(fd, &mut bytes)?;
            Ok(bytes[..length].to_vec())
        })
    })
    .await
    .unwrap()
}

/// Writes one byte, waiting for room.
pub(crate) async fn write(source: &Source) {
    poll_fn(|cx| source.poll_io(Interest::Writable, cx, |fd| Ok(rustix::io::write(fd, &[0])?)))
        .await
        .unwrap();
}
