//! S-QUEUE-2: an item is taken before the woken getter runs, who goes to the end of the line.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn get(name: &str, queue: Rc<Queue<&str>>) {
    println!("{name} waits");
    let item = queue.get().await.unwrap();
    println!("{name} has {item}");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    let [a, b] = ["a", "b"].map(|name| create_task(get(name, queue.clone())));
    yield_now().await;
    queue.put_nowait("x").unwrap();
    println!("main has {}", queue.get_nowait().unwrap());
    yield_now().await;
    for item in ["y", "z"] {
        queue.put_nowait(item).unwrap();
    }
    a.await.unwrap();
    b.await.unwrap();
}
