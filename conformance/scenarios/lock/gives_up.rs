//! S-LOCK-3: a waiter that gives up in time leaves its place to those behind it.

use std::rc::Rc;
use std::time::Duration;

use tulipa::sync::local::Lock;
use tulipa::{create_task, sleep, timeout};

use crate::clock::ms;

async fn hold(name: &str, patience: u64, lock: Rc<Lock>) {
    let Ok(guard) = timeout(Duration::from_millis(patience), lock.acquire()).await else {
        println!("{} ms: {name} gives up", ms());
        return;
    };
    println!("{} ms: {name} has it", ms());
    sleep(Duration::from_millis(20)).await;
    drop(guard);
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let patience = [("a", 1000), ("b", 30), ("c", 15), ("d", 35), ("e", 1000)];
    let tasks = patience.map(|(name, time)| create_task(hold(name, time, lock.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
