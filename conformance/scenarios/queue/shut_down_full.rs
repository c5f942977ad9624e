//! S-QUEUE-6: putters that wait at a full queue fail when it is shut down; what is in it stays.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn put(item: &'static str, queue: Rc<Queue<&'static str>>) {
    match queue.put(item).await {
        Ok(()) => println!("{item} is put"),
        Err(_) => println!("{item} is not put, full: {}", queue.full()),
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(1));
    queue.put_nowait("first").unwrap();
    let tasks = ["x", "y"].map(|item| create_task(put(item, queue.clone())));
    yield_now().await;
    queue.shutdown(false);
    println!("shut down");
    for task in tasks {
        task.await.unwrap();
    }
    println!("got {}", queue.get_nowait().unwrap());
    put("late", queue).await;
}
