//! What the tests share: a log of what happened in which order, values that count their drops.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::rc::Rc;
use std::task::Poll;

use tulipa_task::Task;

/// What happened, in order.
#[derive(Clone, Default)]
pub(crate) struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub(crate) fn add(&self, what: impl Display) {
        self.0.borrow_mut().push(what.to_string());
    }

    /// Takes what happened so far, one word each.
    pub(crate) fn take(&self) -> String {
        self.0.take().join(" ")
    }
}

/// Counts values that are alive, and those that were dropped.
#[derive(Clone, Default)]
pub(crate) struct Drops(Rc<Counts>);

#[derive(Default)]
struct Counts {
    made: Cell<usize>,
    dropped: Cell<usize>,
}

impl Drops {
    /// A value that counts here when it is dropped.
    pub(crate) fn value(&self) -> Counted {
        self.0.made.set(self.0.made.get() + 1);
        Counted { counts: self.0.clone() }
    }

    pub(crate) fn made(&self) -> usize {
        self.0.made.get()
    }

    /// How many were dropped. A value dropped twice would count twice.
    pub(crate) fn dropped(&self) -> usize {
        self.0.dropped.get()
    }
}

pub(crate) struct Counted {
    counts: Rc<Counts>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.counts.dropped.set(self.counts.dropped.get() + 1);
    }
}

/// Runs a closure when dropped.
pub(crate) struct OnDrop<F: FnMut()>(pub(crate) F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// A value whose destructor panics with the given words.
pub(crate) struct PanicsInDrop(pub(crate) &'static str);

impl Drop for PanicsInDrop {
    fn drop(&mut self) {
        // A test that fails already must not end the process.
        assert!(std::thread::panicking(), "{}", self.0);
    }
}

/// The result of a task that has ended, for code outside any loop.
pub(crate) fn join<T>(task: Task<T>) -> Result<T, tulipa_task::JoinError> {
    match tulipa_test::HandPolled::new(task).poll() {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("the task has not ended"),
    }
}

/// Runs a test with one seed after the other; says which one failed.
pub(crate) fn seeds(n: u64, mut test: impl FnMut(&mut fastrand::Rng)) {
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
