//! S-LOCK-1, S-LOCK-3: a free lock is taken without waiting, and waiters get it in their order.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock<()>>) {
    println!("{name} asks");
    let guard = lock.acquire().await;
    println!("{name} has it");
    yield_now().await;
    println!("{name} lets go");
    drop(guard);
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let tasks = ["a", "b", "c"].map(|name| create_task(hold(name, lock.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
