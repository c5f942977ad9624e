//! S-QUEUE-5: a LIFO queue gives the newest item, a priority queue the smallest.

use tulipa::sync::generic::{self, Buffer, Local};
use tulipa::sync::local::{LifoQueue, PriorityQueue, Queue};

async fn drain<B: Buffer<Item = u32>>(name: &str, queue: generic::Queue<B, Local>) {
    for item in [3, 1, 4, 5, 2] {
        queue.put(item).await.unwrap();
        if item == 4 {
            println!("{name} gives {}", queue.get().await.unwrap());
        }
    }
    while !queue.empty() {
        println!("{name} gives {}", queue.get().await.unwrap());
    }
}

pub(crate) async fn main() {
    drain("queue", Queue::new()).await;
    drain("lifo queue", LifoQueue::new()).await;
    drain("priority queue", PriorityQueue::new()).await;
}
