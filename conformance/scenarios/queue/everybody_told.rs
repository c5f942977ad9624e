//! S-QUEUE-6, S-QUEUE-7: an immediate shutdown wakes getters, putters and joiners of two queues.

use std::rc::Rc;

use tulipa::sync::local::Queue;
use tulipa::{create_task, yield_now};

type Items = Rc<Queue<&'static str>>;

async fn put(item: &'static str, queue: Items) {
    match queue.put(item).await {
        Ok(()) => println!("{item} is put"),
        Err(_) => println!("{item} is not put"),
    }
}

async fn get(name: &str, queue: Items) {
    match queue.get().await {
        Ok(item) => println!("{name} has {item}"),
        Err(_) => println!("{name} gets nothing"),
    }
}

async fn join(queue: Items) {
    queue.join().await;
    println!("has joined");
}

pub(crate) async fn main() {
    let [full, empty] = [1, 1].map(|maxsize| Rc::new(Queue::with_maxsize(maxsize)));
    full.put_nowait("first").unwrap();
    let tasks = [
        create_task(join(full.clone())),
        create_task(put("x", full.clone())),
        create_task(put("y", full.clone())),
        create_task(get("a", empty.clone())),
        create_task(get("b", empty.clone())),
    ];
    yield_now().await;
    full.shutdown(true);
    empty.shutdown(true);
    println!("both are shut down");
    for task in tasks {
        task.await.unwrap();
    }
}
