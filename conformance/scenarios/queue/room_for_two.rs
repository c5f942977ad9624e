//! S-QUEUE-1, S-QUEUE-2: a full queue makes its producer wait, an empty one its consumer.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Queue;

async fn produce(queue: Rc<Queue<u32>>) {
    for n in 1..=6 {
        println!("puts {n}, {} there", queue.qsize());
        queue.put(n).await.unwrap();
    }
    println!("all are put");
}

async fn consume(queue: Rc<Queue<u32>>) {
    for _ in 0..6 {
        let n = queue.get().await.unwrap();
        println!("got {n}, {} left", queue.qsize());
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(2));
    let producer = create_task(produce(queue.clone()));
    let consumer = create_task(consume(queue.clone()));
    producer.await.unwrap();
    consumer.await.unwrap();
}
