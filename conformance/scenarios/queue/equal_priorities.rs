//! S-QUEUE-5: the order of items of which none is smaller.
//!
//! Differs: S-QUEUE-5: they come in order of arrival.

use std::cmp::Ordering;

use tulipa::sync::local::PriorityQueue;

struct Job {
    name: &'static str,
    priority: u32,
}

impl Ord for Job {
    fn cmp(&self, other: &Self) -> Ordering {
        self.priority.cmp(&other.priority)
    }
}

impl PartialOrd for Job {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Job {}

pub(crate) async fn main() {
    let queue = PriorityQueue::new();
    for name in ["a", "b", "c", "d"] {
        queue.put_nowait(Job { name, priority: 1 }).unwrap();
    }
    queue.put_nowait(Job { name: "urgent", priority: 0 }).unwrap();
    while !queue.empty() {
        println!("{}", queue.get_nowait().unwrap().name);
    }
}
