//! S-QUEUE-1, S-QUEUE-6: what `put_nowait` and `get_nowait` say of a queue that is full or empty.

use tulipa::sync::local::Queue;
use tulipa::sync::{TryGetError, TryPutError};

fn put(item: &'static str, queue: &Queue<&'static str>) {
    match queue.put_nowait(item) {
        Ok(()) => println!("{item} is put, full: {}", queue.full()),
        Err(TryPutError::Full(item)) => println!("no room for {item}"),
        Err(TryPutError::ShutDown(item)) => println!("too late for {item}"),
    }
}

fn get(queue: &Queue<&str>) {
    match queue.get_nowait() {
        Ok(item) => println!("got {item}, empty: {}", queue.empty()),
        Err(TryGetError::Empty) => println!("nothing there"),
        Err(TryGetError::ShutDown) => println!("nothing will come"),
    }
}

pub(crate) async fn main() {
    let queue = Queue::with_maxsize(2);
    println!("room for {}, {} there", queue.maxsize(), queue.qsize());
    get(&queue);
    for item in ["x", "y", "z"] {
        put(item, &queue);
    }
    get(&queue);
    queue.shutdown(false);
    put("w", &queue);
    get(&queue);
    get(&queue);
}
