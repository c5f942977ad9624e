//! S-COND-2: the notified run when the notifier lets go, one after the other, each with the lock.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(name: &str, condition: Rc<Condition>) {
    let guard = condition.acquire().await;
    let _guard = guard.wait().await;
    println!("{name} has the lock");
    yield_now().await;
    println!("{name} lets go");
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let tasks = ["a", "b", "c"].map(|name| create_task(wait(name, condition.clone())));
    yield_now().await;
    let guard = condition.acquire().await;
    guard.notify_all();
    println!("all are notified");
    yield_now().await;
    yield_now().await;
    println!("main lets go");
    drop(guard);
    for task in tasks {
        task.await.unwrap();
    }
}
