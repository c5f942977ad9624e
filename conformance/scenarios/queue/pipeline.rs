//! S-QUEUE-1, S-QUEUE-2: two producers and three consumers at one small queue, each at its pace.

use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Queue;
use tulipa::{create_task, sleep};

use crate::clock::ms;

async fn produce(name: &str, pace: u64, queue: Rc<Queue<String>>) {
    for n in 1..=4 {
        queue.put(format!("{name}{n}")).await.unwrap();
        println!("{} ms: {name}{n} is put", ms());
        sleep(Duration::from_millis(pace)).await;
    }
}

async fn consume(name: &str, pace: u64, queue: Rc<Queue<String>>) {
    loop {
        let item = queue.get().await.unwrap();
        if item == "end" {
            break;
        }
        println!("{} ms: {name} has {item}", ms());
        sleep(Duration::from_millis(pace)).await;
    }
    println!("{} ms: {name} ends", ms());
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::with_maxsize(2));
    let consumers = [("x", 7), ("y", 11), ("z", 17)]
        .map(|(name, pace)| create_task(consume(name, pace, queue.clone())));
    let producers =
        [("a", 1), ("b", 3)].map(|(name, pace)| create_task(produce(name, pace, queue.clone())));
    for producer in producers {
        producer.await.unwrap();
    }
    for _ in &consumers {
        queue.put("end".into()).await.unwrap();
    }
    for consumer in consumers {
        consumer.await.unwrap();
    }
}
