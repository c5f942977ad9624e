//! S-LOCK-4: the lock that a waiter was woken for, and did not live to use, goes to the next.

use std::rc::Rc;

use tulipa::sync::local::Lock;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, lock: Rc<Lock>) {
    println!("{name} asks");
    let _guard = lock.acquire().await;
    yield_now().await;
    println!("{name} has had it");
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    let guard = lock.acquire().await;
    let [a, b, c] = ["a", "b", "c"].map(|name| create_task(hold(name, lock.clone())));
    yield_now().await;
    drop(guard);
    println!("main has let go, cancel: {}", a.cancel());
    if a.await.is_err() {
        println!("a is cancelled");
    }
    b.await.unwrap();
    c.await.unwrap();
}
