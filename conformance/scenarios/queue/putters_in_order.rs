//! S-QUEUE-2: a place that becomes free wakes one putter, and they put in order of arrival.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn put(item: &'static str, queue: Rc<Queue<&'static str>>) {
    println!("{item} waits");
    queue.put(item).await.unwrap();
    println!("{item} is put");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(1));
    queue.put_nowait("first").unwrap();
    let tasks = ["x", "y", "z"].map(|item| create_task(put(item, queue.clone())));
    yield_now().await;
    for _ in 0..4 {
        println!("got {}, full: {}", queue.get().await.unwrap(), queue.full());
    }
    for task in tasks {
        task.await.unwrap();
    }
}
