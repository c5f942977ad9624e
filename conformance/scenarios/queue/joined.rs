//! S-QUEUE-4: join waits until each item is reported done, and not if none is unfinished.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn join(name: &str, queue: Rc<Queue<u32>>) {
    println!("{name} joins");
    queue.join().await;
    println!("{name} has joined");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    join("main", queue.clone()).await;
    for n in 0..2 {
        queue.put_nowait(n).unwrap();
    }
    let tasks = ["a", "b"].map(|name| create_task(join(name, queue.clone())));
    yield_now().await;
    queue.get_nowait().unwrap();
    queue.get_nowait().unwrap();
    println!("all are got, {} left", queue.qsize());
    for n in 1..=3 {
        yield_now().await;
        match queue.task_done() {
            Ok(()) => println!("{n} done"),
            Err(_) => println!("{n} is one too many"),
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
}
