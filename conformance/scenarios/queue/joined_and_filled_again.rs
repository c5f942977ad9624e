//! S-QUEUE-4: who joins goes on when all was done once, though there is new work when it runs.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn join(queue: Rc<Queue<&str>>) {
    queue.join().await;
    println!("has joined, {} there", queue.qsize());
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    queue.put_nowait("x").unwrap();
    let joiner = create_task(join(queue.clone()));
    yield_now().await;
    println!("{} is done", queue.get_nowait().unwrap());
    queue.task_done().unwrap();
    queue.put_nowait("y").unwrap();
    println!("y is put");
    let late = create_task(join(queue.clone()));
    joiner.await.unwrap();
    yield_now().await;
    println!("{} is done", queue.get_nowait().unwrap());
    queue.task_done().unwrap();
    late.await.unwrap();
}
