//! In which order a queue gives its items.

use std::collections::VecDeque;

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for super::Fifo<T> {}
}

/// The items of a queue, in the order they are to be got.
///
/// It is sealed.
pub trait Buffer: sealed::Sealed {
    /// What is in the queue.
    type Item;

    /// What a new queue starts from.
    #[doc(hidden)]
    const EMPTY: Self;

    /// What `Debug` calls the queue.
    #[doc(hidden)]
    const NAME: &'static str;

    #[doc(hidden)]
    fn push(&mut self, item: Self::Item);

    #[doc(hidden)]
    fn pop(&mut self) -> Option<Self::Item>;

    #[doc(hidden)]
    fn len(&self) -> usize;

    #[doc(hidden)]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The oldest item first.
#[derive(Debug)]
pub struct Fifo<T>(VecDeque<T>);

impl<T> Buffer for Fifo<T> {
    type Item = T;

    const EMPTY: Self = Self(VecDeque::new());
    const NAME: &'static str = "Queue";

    fn push(&mut self, item: T) {
        self.0.push_back(item);
    }

    fn pop(&mut self) -> Option<T> {
        self.0.pop_front()
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}
