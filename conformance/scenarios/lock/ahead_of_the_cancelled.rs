//! S-LOCK-3: the only waiter was cancelled and has not run yet, and somebody else asks.
//!
//! Differs: S-CANCEL-6: until it runs the waiter is in line, and what came first is had.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    println!("{name} asks");
    let _guard = lock.acquire().await;
    println!("{name} has it");
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let guard = lock.acquire().await;
    let waiter = create_task(hold("the waiter", lock.clone()));
    yield_now().await;
    println!("cancel: {}", waiter.cancel());
    drop(guard);
    hold("main", lock).await;
}
