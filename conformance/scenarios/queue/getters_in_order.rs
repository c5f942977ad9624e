//! S-QUEUE-2: an item wakes one getter, and those who wait get theirs in order of arrival.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn get(name: &str, queue: Rc<Queue<&str>>) {
    let item = queue.get().await.unwrap();
    println!("{name} has {item}");
}

async fn count() {
    for n in 1..=3 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    let tasks = ["a", "b", "c", "d"].map(|name| create_task(get(name, queue.clone())));
    yield_now().await;
    let counter = create_task(count());
    for item in ["x", "y", "z"] {
        queue.put_nowait(item).unwrap();
    }
    println!("three are put");
    counter.await.unwrap();
    queue.put_nowait("the last").unwrap();
    for task in tasks {
        task.await.unwrap();
    }
}
