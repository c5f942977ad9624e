//! S-LOCK-3: a waiter that is cancelled leaves the line, and the others keep their order.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    println!("{name} asks");
    let guard = match catch_cancel(lock.acquire()).await {
        Ok(guard) => guard,
        Err(cancelled) => {
            println!("{name} is cancelled");
            cancelled.resume().await
        }
    };
    println!("{name} has it");
    yield_now().await;
    println!("{name} lets go");
    drop(guard);
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| create_task(hold(name, lock.clone())));
    yield_now().await;
    println!("cancel: {}", c.cancel());
    for task in [a, b, d] {
        task.await.unwrap();
    }
    println!("c ended cancelled: {}", c.cancelled());
}
