//! S-QUEUE-7: an immediate shutdown drops what is left; join waits only for what was handed out.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn join(queue: Rc<Queue<&str>>) {
    queue.join().await;
    println!("has joined");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    for item in ["x", "y", "z"] {
        queue.put_nowait(item).unwrap();
    }
    let joiner = create_task(join(queue.clone()));
    yield_now().await;
    println!("got {}", queue.get_nowait().unwrap());
    queue.shutdown(true);
    println!("shut down, {} left", queue.qsize());
    match queue.get().await {
        Ok(item) => println!("got {item}"),
        Err(_) => println!("gets nothing"),
    }
    yield_now().await;
    println!("joined: {}", joiner.done());
    queue.task_done().unwrap();
    println!("done with x");
    joiner.await.unwrap();
    match queue.task_done() {
        Ok(()) => println!("done"),
        Err(_) => println!("one too many"),
    }
}
