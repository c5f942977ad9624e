//! S-QUEUE-6: after a shutdown puts fail at once, and gets when the rest is got.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn join(queue: Rc<Queue<u32>>) {
    queue.join().await;
    println!("has joined");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    for n in 1..=2 {
        queue.put_nowait(n).unwrap();
    }
    let joiner = create_task(join(queue.clone()));
    yield_now().await;
    queue.shutdown(false);
    println!("shut down, {} left", queue.qsize());
    match queue.put(3).await {
        Ok(()) => println!("put"),
        Err(_) => println!("puts nothing"),
    }
    for _ in 0..3 {
        match queue.get().await {
            Ok(item) => {
                println!("got {item}");
                queue.task_done().unwrap();
            }
            Err(_) => println!("gets nothing"),
        }
    }
    joiner.await.unwrap();
}
