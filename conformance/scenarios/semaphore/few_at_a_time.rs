//! S-SEM-1: of six workers two work at a time, in order of arrival.

use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Semaphore;
use tulipa::{create_task, sleep};

use crate::clock::ms;

async fn work(name: &str, time: u64, semaphore: Rc<Semaphore>) {
    let _permit = semaphore.acquire().await;
    println!("{} ms: {name} begins", ms());
    sleep(Duration::from_millis(time)).await;
    println!("{} ms: {name} ends", ms());
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(2));
    let times = [("a", 30), ("b", 10), ("c", 10), ("d", 50), ("e", 2), ("f", 1)];
    let tasks = times.map(|(name, time)| create_task(work(name, time, semaphore.clone())));
    for task in tasks {
        task.await.unwrap();
    }
    println!("{} ms: all have ended", ms());
}
