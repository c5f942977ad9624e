//! S-LOCK-5: another task may release the lock; releasing it once more is an error.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::{Lock, LockGuard};

async fn wait(lock: Rc<Lock>) {
    println!("the waiter asks");
    let _guard = lock.acquire().await;
    println!("the waiter has it");
}

async fn release(lock: Rc<Lock>) {
    lock.release().unwrap();
    println!("the other has let go");
}

pub(crate) async fn main() {
    let lock = Rc::new(Lock::new());
    LockGuard::forget(lock.acquire().await);
    println!("main has it");
    let waiter = create_task(wait(lock.clone()));
    let other = create_task(release(lock.clone()));
    waiter.await.unwrap();
    other.await.unwrap();
    println!("locked: {}", lock.locked());
    match lock.release() {
        Ok(()) => println!("released twice"),
        Err(_) => println!("not held"),
    }
}
