//! S-COND-2: a notification that finds nobody waiting is lost.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(condition: Rc<Condition>) {
    let guard = condition.acquire().await;
    println!("waits");
    let _guard = guard.wait().await;
    println!("goes on");
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let guard = condition.acquire().await;
    guard.notify_all();
    println!("notified");
    drop(guard);
    let waiter = create_task(wait(condition.clone()));
    for _ in 0..3 {
        yield_now().await;
    }
    println!("ended: {}", waiter.done());
    let guard = condition.acquire().await;
    guard.notify(1);
    println!("notified again");
    drop(guard);
    waiter.await.unwrap();
}
