//! S-QUEUE-6: a shutdown wakes all putters, and they fail though there is room by then.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn put(item: &'static str, queue: Rc<Queue<&'static str>>) {
    match queue.put(item).await {
        Ok(()) => println!("{item} is put"),
        Err(_) => println!("{item} is not put"),
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(1));
    queue.put_nowait("first").unwrap();
    let tasks = ["x", "y"].map(|item| create_task(put(item, queue.clone())));
    yield_now().await;
    queue.shutdown(false);
    println!("shut down, got {}", queue.get_nowait().unwrap());
    for task in tasks {
        task.await.unwrap();
    }
    println!("{} left", queue.qsize());
}
