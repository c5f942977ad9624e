//! S-COND-1, S-COND-2: a wait lets the lock go, and gives it back when it is over.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(condition: Rc<Condition>) {
    let guard = condition.acquire().await;
    println!("waits, locked: {}", condition.locked());
    let guard = guard.wait().await;
    println!("goes on, locked: {}", condition.locked());
    drop(guard);
    println!("has let go, locked: {}", condition.locked());
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let waiter = create_task(wait(condition.clone()));
    yield_now().await;
    println!("it waits, locked: {}", condition.locked());
    let guard = condition.acquire().await;
    guard.notify(1);
    println!("notified, locked: {}", condition.locked());
    drop(guard);
    println!("main has let go, locked: {}", condition.locked());
    waiter.await.unwrap();
}
