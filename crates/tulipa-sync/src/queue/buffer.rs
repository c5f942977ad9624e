//! In which order a queue gives its items.

use core::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for super::Fifo<T> {}
    impl<T> Sealed for super::Lifo<T> {}
    impl<T: Ord> Sealed for super::Priority<T> {}
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

/// The newest item first.
#[derive(Debug)]
pub struct Lifo<T>(Vec<T>);

impl<T> Buffer for Lifo<T> {
    type Item = T;

    const EMPTY: Self = Self(Vec::new());
    const NAME: &'static str = "LifoQueue";

    fn push(&mut self, item: T) {
        self.0.push(item);
    }

    fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// The smallest item first; among equals the oldest.
#[derive(Debug)]
pub struct Priority<T> {
    heap: BinaryHeap<Ranked<T>>,
    /// How many items were ever pushed.
    pushed: u64,
}

/// An item of a heap whose greatest is the smallest item, and the oldest of those.
#[derive(Debug)]
struct Ranked<T> {
    item: T,
    number: u64,
}

impl<T: Ord> Ord for Ranked<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.item.cmp(&self.item).then_with(|| other.number.cmp(&self.number))
    }
}

impl<T: Ord> PartialOrd for Ranked<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Ord> PartialEq for Ranked<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T: Ord> Eq for Ranked<T> {}

impl<T: Ord> Buffer for Priority<T> {
    type Item = T;

    const EMPTY: Self = Self { heap: BinaryHeap::new(), pushed: 0 };
    const NAME: &'static str = "PriorityQueue";

    fn push(&mut self, item: T) {
        let number = self.pushed;
        self.pushed += 1;
        self.heap.push(Ranked { item, number });
    }

    fn pop(&mut self) -> Option<T> {
        self.heap.pop().map(|ranked| ranked.item)
    }

    fn len(&self) -> usize {
        self.heap.len()
    }
}
