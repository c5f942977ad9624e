//! S-QUEUE-4: three workers share the jobs of a queue, and are cancelled when all is done.

use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Queue;
use tulipa::{create_task, sleep};

use crate::clock::ms;

async fn work(name: &str, queue: Rc<Queue<(&str, u64)>>) {
    loop {
        let (job, time) = queue.get().await.unwrap();
        println!("{} ms: {name} begins with {job}", ms());
        sleep(Duration::from_millis(time)).await;
        println!("{} ms: {name} is done with {job}", ms());
        queue.task_done().unwrap();
    }
}

pub(crate) async fn main() {
    let queue = Rc::new(Queue::new());
    for job in [("p", 30), ("q", 10), ("r", 15), ("s", 2), ("t", 8)] {
        queue.put_nowait(job).unwrap();
    }
    let workers = ["a", "b", "c"].map(|name| create_task(work(name, queue.clone())));
    queue.join().await;
    println!("{} ms: all is done", ms());
    for worker in &workers {
        worker.cancel();
    }
    for (name, worker) in ["a", "b", "c"].iter().zip(workers) {
        if worker.await.is_err() {
            println!("{name} is cancelled");
        }
    }
}
