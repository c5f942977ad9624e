//! S-QUEUE-2: a free place is taken before the woken putter runs, who goes to the end of the line.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn put(item: &'static str, queue: Rc<Queue<&'static str>>) {
    println!("{item} waits");
    queue.put(item).await.unwrap();
    println!("{item} is put");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(1));
    queue.put_nowait("first").unwrap();
    let [x, y] = ["x", "y"].map(|item| create_task(put(item, queue.clone())));
    yield_now().await;
    println!("got {}", queue.get_nowait().unwrap());
    queue.put_nowait("main's").unwrap();
    yield_now().await;
    for _ in 0..3 {
        println!("got {}", queue.get().await.unwrap());
    }
    x.await.unwrap();
    y.await.unwrap();
}
