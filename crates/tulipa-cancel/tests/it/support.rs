//! A future under the test's hand, leaf futures that the test opens, and a log.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

/// Counts how often it was woken.
#[derive(Default)]
pub(crate) struct Wakes(AtomicUsize);

impl Wakes {
    pub(crate) fn count(&self) -> usize {
        self.0.load(SeqCst)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// A future that the test polls.
pub(crate) struct Hand<F> {
    future: Option<Pin<Box<F>>>,
    wakes: Arc<Wakes>,
    waker: Waker,
    seen: usize,
}

impl<F: Future> Hand<F> {
    pub(crate) fn new(future: F) -> Self {
        let counted = Arc::<Wakes>::default();
        let waker = counted.clone().into();
        Self { future: Some(Box::pin(future)), wakes: counted, waker, seen: 0 }
    }

    /// Polls once. A future that has ended is dropped.
    pub(crate) fn poll(&mut self) -> Poll<F::Output> {
        self.seen = self.wakes.count();
        let future = self.future.as_mut().expect("it has not ended");
        let polled = future.as_mut().poll(&mut Context::from_waker(&self.waker));
        if polled.is_ready() {
            self.future = None;
        }
        polled
    }

    pub(crate) fn is_woken(&self) -> bool {
        self.wakes.count() > self.seen
    }

    /// Polls as long as it is woken.
    pub(crate) fn poll_while_woken(&mut self) -> Poll<F::Output> {
        for _ in 0..10_000 {
            match self.poll() {
                Poll::Pending if self.is_woken() => {}
                polled => return polled,
            }
        }
        panic!("it wakes itself for ever");
    }

    /// Polls to the end; to be called when it is woken, or was never polled.
    #[track_caller]
    pub(crate) fn finish(&mut self) -> F::Output {
        match self.poll_while_woken() {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("a wake-up was lost"),
        }
    }

    /// How many clones of the waker others hold.
    pub(crate) fn wakers_held(&self) -> usize {
        Arc::strong_count(&self.wakes) - 2
    }

    pub(crate) fn drop_future(&mut self) {
        self.future = None;
    }
}

/// Suspends `times` times, waking itself.
pub(crate) async fn suspend(times: usize) {
    let mut left = times;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A leaf that is pending until the test opens it.
#[derive(Clone, Default)]
pub(crate) struct Gate(Rc<GateState>);

#[derive(Default)]
struct GateState {
    open: Cell<bool>,
    wakers: RefCell<Vec<Waker>>,
}

impl Gate {
    pub(crate) fn open(&self) {
        self.0.open.set(true);
        for waker in self.0.wakers.take() {
            waker.wake();
        }
    }

    pub(crate) async fn wait(&self) {
        poll_fn(|cx| {
            if self.0.open.get() {
                return Poll::Ready(());
            }
            let mut wakers = self.0.wakers.borrow_mut();
            if !wakers.iter().any(|waker| waker.will_wake(cx.waker())) {
                wakers.push(cx.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }
}

/// What happened, in order.
#[derive(Clone, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<&'static str>>>);

impl Log {
    pub(crate) fn add(&self, entry: &'static str) {
        self.0.borrow_mut().push(entry);
    }

    /// Adds an entry when it is dropped.
    pub(crate) fn on_drop(&self, entry: &'static str) -> impl Drop + use<> {
        struct OnDrop(Log, &'static str);
        impl Drop for OnDrop {
            fn drop(&mut self) {
                self.0.add(self.1);
            }
        }
        OnDrop(self.clone(), entry)
    }

    /// The entries since the last call, in one line.
    pub(crate) fn take(&self) -> String {
        self.0.take().join(" ")
    }
}
