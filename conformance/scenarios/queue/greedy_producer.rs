//! S-QUEUE-1: a put that need not wait does not suspend: who fills an unbounded queue runs alone.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Queue;

async fn produce(queue: Rc<Queue<u32>>) {
    for n in 1..=4 {
        queue.put(n).await.unwrap();
        println!("put {n}");
    }
    println!("all are put");
}

async fn consume(queue: Rc<Queue<u32>>) {
    for _ in 0..4 {
        println!("got {}, {} left", queue.get().await.unwrap(), queue.qsize());
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    let consumer = create_task(consume(queue.clone()));
    let producer = create_task(produce(queue.clone()));
    consumer.await.unwrap();
    producer.await.unwrap();
}
