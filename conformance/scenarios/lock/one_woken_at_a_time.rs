//! S-LOCK-2: each release wakes one waiter, who has the lock one iteration later.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    let _guard = lock.acquire().await;
    println!("{name} has it");
}

async fn count() {
    for n in 1..=5 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let guard = lock.acquire().await;
    let tasks = ["a", "b", "c"].map(|name| create_task(hold(name, lock.clone())));
    yield_now().await;
    let counter = create_task(count());
    drop(guard);
    println!("main has let go");
    for task in tasks {
        task.await.unwrap();
    }
    println!("all have ended");
    counter.await.unwrap();
}
