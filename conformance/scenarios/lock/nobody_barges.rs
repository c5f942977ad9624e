//! S-LOCK-2, S-LOCK-3: a lock that is free for a woken waiter is not to be had by anybody else.

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
    let newcomer = create_task(hold("the newcomer", lock.clone()));
    drop(guard);
    println!("main has let go, locked: {}", lock.locked());
    let guard = lock.acquire().await;
    println!("main has it again");
    drop(guard);
    waiter.await.unwrap();
    newcomer.await.unwrap();
}
