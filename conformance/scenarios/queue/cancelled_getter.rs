//! S-QUEUE-3: a getter that is cancelled before anything comes takes nothing.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

async fn get(name: &str, queue: Rc<Queue<&str>>) {
    let item = match catch_cancel(queue.get()).await {
        Ok(item) => item.unwrap(),
        Err(cancelled) => {
            println!("{name} is cancelled, {} there", queue.qsize());
            cancelled.resume().await
        }
    };
    println!("{name} has {item}");
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    let [a, b] = ["a", "b"].map(|name| create_task(get(name, queue.clone())));
    yield_now().await;
    println!("cancel: {}", a.cancel());
    yield_now().await;
    queue.put_nowait("x").unwrap();
    queue.put_nowait("y").unwrap();
    println!("two are put");
    b.await.unwrap();
    println!("main has {}", queue.get_nowait().unwrap());
}
