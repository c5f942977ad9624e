//! S-QUEUE-3: a getter is cancelled when an item has woken it.
//!
//! Differs: S-CANCEL-6: the item came first and is had; the next suspension ends the task.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn get(name: &str, queue: Rc<Queue<&str>>) {
    let item = queue.get().await.unwrap();
    println!("{name} has {item}");
    yield_now().await;
    println!("{name} is done with {item}");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    let [a, b] = ["a", "b"].map(|name| create_task(get(name, queue.clone())));
    yield_now().await;
    queue.put_nowait("x").unwrap();
    println!("x is put, cancel: {}", a.cancel());
    yield_now().await;
    yield_now().await;
    queue.put_nowait("y").unwrap();
    println!("y is put");
    b.await.unwrap();
    println!("a ended cancelled: {}, {} left", a.cancelled(), queue.qsize());
}
