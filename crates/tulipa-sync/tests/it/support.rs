//! Polls futures by hand, and writes down which of them were woken, in order.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// Who was woken since the last look.
pub(crate) struct Bells<N>(Arc<Mutex<Vec<N>>>);

struct Bell<N> {
    name: N,
    rung: Arc<Mutex<Vec<N>>>,
}

impl<N: Clone + Send + Sync + 'static> Wake for Bell<N> {
    fn wake(self: Arc<Self>) {
        self.rung.lock().unwrap().push(self.name.clone());
    }
}

/// A future that is polled by hand.
pub(crate) struct Hand<F> {
    future: Pin<Box<F>>,
    waker: Waker,
}

impl<N: Clone + Send + Sync + 'static> Bells<N> {
    pub(crate) fn new() -> Self {
        Self(Arc::default())
    }

    /// Takes a future in hand; its waker writes down `name`.
    pub(crate) fn hold<F: Future>(&self, name: N, future: F) -> Hand<F> {
        Hand { future: Box::pin(future), waker: self.waker(name) }
    }

    /// As [`hold`](Self::hold), for a future that has to wait at its first poll.
    #[track_caller]
    pub(crate) fn waiting<F: Future>(&self, name: N, future: F) -> Hand<F> {
        let mut hand = self.hold(name, future);
        hand.waits();
        hand
    }

    pub(crate) fn waker(&self, name: N) -> Waker {
        Waker::from(Arc::new(Bell { name, rung: Arc::clone(&self.0) }))
    }

    /// The names of those woken since the last call, in order.
    pub(crate) fn rung(&self) -> Vec<N> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl<F: Future> Hand<F> {
    pub(crate) fn poll(&mut self) -> Poll<F::Output> {
        self.future.as_mut().poll(&mut Context::from_waker(&self.waker))
    }

    #[track_caller]
    pub(crate) fn ready(&mut self) -> F::Output {
        match self.poll() {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("it waits"),
        }
    }

    #[track_caller]
    pub(crate) fn waits(&mut self) {
        assert!(self.poll().is_pending(), "it does not wait");
    }

    pub(crate) fn set_waker(&mut self, waker: Waker) {
        self.waker = waker;
    }

    pub(crate) fn as_mut(&mut self) -> Pin<&mut F> {
        self.future.as_mut()
    }
}

/// The output of a future that must not suspend.
#[track_caller]
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it suspends"),
    }
}

/// Runs `test` with one seed after the other; says which one failed.
pub(crate) fn seeds(n: u64, test: impl Fn(&mut fastrand::Rng)) {
    struct Say(u64);
    impl Drop for Say {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("failed with seed {}", self.0);
            }
        }
    }
    for seed in 0..n {
        let say = Say(seed);
        test(&mut fastrand::Rng::with_seed(seed));
        drop(say);
    }
}

/// A line of waiters written down plainly, for models.
#[derive(Default)]
pub(crate) struct Line {
    line: Vec<(u32, bool)>,
    /// All who ever were in it.
    seen: std::collections::HashSet<u32>,
}

impl Line {
    pub(crate) fn push(&mut self, id: u32) {
        self.line.push((id, false));
        self.seen.insert(id);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    pub(crate) fn was_in(&self, id: u32) -> bool {
        self.seen.contains(&id)
    }

    pub(crate) fn is_woken(&self, id: u32) -> bool {
        self.line.contains(&(id, true))
    }

    /// Wakes the first that was not woken yet.
    pub(crate) fn wake_next(&mut self) -> Option<u32> {
        let first = self.line.iter_mut().find(|(_, woken)| !woken)?;
        first.1 = true;
        Some(first.0)
    }

    pub(crate) fn wake_all(&mut self) -> Vec<u32> {
        std::iter::from_fn(|| self.wake_next()).collect()
    }

    /// Takes it out if it is in; true if it had been woken.
    pub(crate) fn remove(&mut self, id: u32) -> bool {
        let Some(at) = self.line.iter().position(|(other, _)| *other == id) else { return false };
        self.line.remove(at).1
    }

    /// A newcomer, or one woken in vain, goes to the tail; others stay.
    pub(crate) fn stay(&mut self, id: u32) {
        if !self.line.contains(&(id, false)) {
            self.remove(id);
            self.push(id);
        }
    }
}

/// The number that `Debug` shows for `field`, the last time it shows it.
#[track_caller]
pub(crate) fn shown(field: &str, of: &dyn std::fmt::Debug) -> usize {
    let text = format!("{of:?}");
    let (_, after) = text.rsplit_once(&format!("{field}: ")).expect("Debug shows the field");
    let digits = after.chars().take_while(char::is_ascii_digit).collect::<String>();
    digits.parse().expect("the field is a number")
}
