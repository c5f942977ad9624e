//! [`Waiters`]: who wants to know when a promise is done, in the order they asked.

use std::task::Waker;

/// Names a done-callback, to take it back with from the task or promise it was added to.
///
/// # Examples
///
/// ```
/// use tulipa_task::create_task;
///
/// tulipa_test::run(async {
///     let task = create_task(async {});
///     let callback = task.add_done_callback(|_| unreachable!("it was taken back"));
///     assert!(task.remove_done_callback(callback));
///     task.await.unwrap();
/// });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallbackId(pub(crate) u64);

impl CallbackId {
    /// Names no callback: it was scheduled at once.
    pub(crate) const NONE: Self = Self(u64::MAX);
}

/// `C` is the promise's own kind of callback.
pub(crate) struct Waiters<C> {
    /// In ascending order of the numbers.
    list: Vec<(u64, Waiter<C>)>,
    next: u64,
}

pub(crate) enum Waiter<C> {
    Awaiter(Waker),
    Callback(C),
}

impl<C> Waiters<C> {
    pub(crate) const fn new() -> Self {
        Self { list: Vec::new(), next: 0 }
    }

    /// Puts a waiter at the end; the number names it.
    pub(crate) fn push(&mut self, waiter: Waiter<C>) -> u64 {
        let id = self.next;
        self.next += 1;
        self.list.push((id, waiter));
        id
    }

    fn position(&self, id: u64) -> Option<usize> {
        self.list.binary_search_by_key(&id, |(held, _)| *held).ok()
    }

    /// Makes a waiting awaiter be woken through another waker; gives the old one to the caller to
    /// drop outside any borrow.
    pub(crate) fn set_waker(&mut self, id: u64, waker: &Waker) -> Option<Waker> {
        let at = self.position(id)?;
        let Waiter::Awaiter(held) = &mut self.list[at].1 else {
            return None;
        };
        (!held.will_wake(waker)).then(|| std::mem::replace(held, waker.clone()))
    }

    /// Takes a waiter out; give it to the caller to drop outside any borrow.
    pub(crate) fn remove(&mut self, id: u64) -> Option<Waiter<C>> {
        let at = self.position(id)?;
        Some(self.list.remove(at).1)
    }

    /// Everybody, in the order they asked.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = Waiter<C>> + use<C> {
        std::mem::take(&mut self.list).into_iter().map(|(_, waiter)| waiter)
    }
}
