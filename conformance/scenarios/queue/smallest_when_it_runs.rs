//! S-QUEUE-2, S-QUEUE-5: a woken getter gets what is smallest when it runs, not what woke it.

use std::rc::Rc;

use tulipa::sync::local::PriorityQueue;
use tulipa::{create_task, yield_now};

async fn get(name: &str, queue: Rc<PriorityQueue<u32>>) {
    println!("{name} has {}", queue.get().await.unwrap());
}

pub(crate) async fn main() {
    let queue = Rc::new(PriorityQueue::new());
    let tasks = ["a", "b"].map(|name| create_task(get(name, queue.clone())));
    yield_now().await;
    for item in [3, 1, 2] {
        queue.put_nowait(item).unwrap();
        println!("{item} is put");
    }
    for task in tasks {
        task.await.unwrap();
    }
    println!("main has {}", queue.get_nowait().unwrap());
}
