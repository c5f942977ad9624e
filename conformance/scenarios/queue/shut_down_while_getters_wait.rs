//! S-QUEUE-6: a shutdown wakes all getters, and those for whom there is nothing fail.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn get(name: &str, queue: Rc<Queue<&str>>) {
    match queue.get().await {
        Ok(item) => println!("{name} has {item}"),
        Err(_) => println!("{name} gets nothing"),
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    let tasks = ["a", "b", "c"].map(|name| create_task(get(name, queue.clone())));
    yield_now().await;
    queue.put_nowait("x").unwrap();
    queue.shutdown(false);
    println!("x is put, and shut down");
    queue.shutdown(false);
    println!("once more is no harm");
    for task in tasks {
        task.await.unwrap();
    }
}
