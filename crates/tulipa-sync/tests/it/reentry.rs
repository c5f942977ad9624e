//! A comparison that uses the queue which compares: the local kind says so instead of waiting.

use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::kind::PriorityQueue;

thread_local! {
    static QUEUE: PriorityQueue<Nosy> = const { PriorityQueue::new() };
}

/// Looks at the queue while it is compared.
#[derive(PartialEq, Eq)]
struct Nosy;

impl Ord for Nosy {
    fn cmp(&self, _: &Self) -> Ordering {
        QUEUE.with(|queue| queue.qsize().cmp(&0))
    }
}

impl PartialOrd for Nosy {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[test]
fn a_comparison_that_uses_its_queue_panics_and_does_no_harm() {
    QUEUE.with(|queue| {
        queue.put_nowait(Nosy).unwrap();
        let unwound = catch_unwind(AssertUnwindSafe(|| queue.put_nowait(Nosy))).unwrap_err();
        let said = unwound.downcast_ref::<&str>().unwrap();
        assert!(said.contains("used the queue"), "{said}");
        assert!(queue.qsize() > 0);
    });
}
