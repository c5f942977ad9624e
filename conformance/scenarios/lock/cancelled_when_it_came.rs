//! S-LOCK-4: a waiter is cancelled in the very iteration in which the lock comes to it.
//!
//! Differs: S-CANCEL-6: the lock came first and is had; the next suspension ends the task.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    let _guard = lock.acquire().await;
    println!("{name} has it");
    yield_now().await;
    println!("{name} lets go");
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let guard = lock.acquire().await;
    let [a, b] = ["a", "b"].map(|name| create_task(hold(name, lock.clone())));
    yield_now().await;
    drop(guard);
    println!("main has let go, cancel: {}", a.cancel());
    b.await.unwrap();
    println!("a ended cancelled: {}", a.cancelled());
}
