//! S-LOCK-6: a lock that tasks of one loop have waited for, used on another loop.
//!
//! Differs: S-LOCK-6: a lock belongs to no loop.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, run, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    let _guard = lock.acquire().await;
    println!("{name} has it");
    yield_now().await;
}

async fn contend(lock: Rc<Lock>) {
    let tasks = ["a", "b"].map(|name| create_task(hold(name, lock.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}

pub(crate) fn main() {
    let lock = Rc::new(Lock::new());
    println!("the first loop");
    run(contend(lock.clone()));
    println!("the second loop");
    run(contend(lock));
}
