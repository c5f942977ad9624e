//! S-QUEUE-2, S-QUEUE-3: a putter that is cancelled does not put; those behind it move up.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn put(item: &'static str, queue: Rc<Queue<&'static str>>) {
    match catch_cancel(queue.put(item)).await {
        Ok(put) => put.unwrap(),
        Err(cancelled) => {
            println!("{item} is cancelled");
            cancelled.resume().await;
        }
    }
    println!("{item} is put");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(1));
    queue.put_nowait("first").unwrap();
    let [x, y, z] = ["x", "y", "z"].map(|item| create_task(put(item, queue.clone())));
    yield_now().await;
    println!("cancel: {}", x.cancel());
    yield_now().await;
    for _ in 0..3 {
        println!("got {}", queue.get().await.unwrap());
    }
    y.await.unwrap();
    z.await.unwrap();
    println!("x ended cancelled: {}, {} left", x.cancelled(), queue.qsize());
}
