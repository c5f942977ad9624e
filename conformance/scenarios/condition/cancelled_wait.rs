//! S-COND-3: what a waiter that is cancelled finds of the lock, and when it ends.
//!
//! Differs: S-COND-3: the lock is not taken again, so there is nothing to wait for.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(condition: Rc<Condition>) {
    let waits = async {
        let guard = condition.acquire().await;
        println!("waits");
        let _guard = guard.wait().await;
    };
    if let Err(cancelled) = catch_cancel(waits).await {
        println!("is cancelled, locked: {}", condition.locked());
        cancelled.resume().await;
    }
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let waiter = create_task(wait(condition.clone()));
    yield_now().await;
    let guard = condition.acquire().await;
    println!("main has the lock, cancel: {}", waiter.cancel());
    yield_now().await;
    yield_now().await;
    println!("main lets go, ended: {}", waiter.done());
    drop(guard);
    println!("ended cancelled: {}", waiter.await.is_err());
}
