//! S-COND-4: a waiter that is cancelled before it has used its notification passes it on.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(name: &str, condition: Rc<Condition>) {
    let guard = condition.acquire().await;
    println!("{name} waits");
    let _guard = guard.wait().await;
    println!("{name} goes on");
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let [a, b, c] = ["a", "b", "c"].map(|name| create_task(wait(name, condition.clone())));
    yield_now().await;
    let guard = condition.acquire().await;
    guard.notify(1);
    println!("one is notified");
    yield_now().await;
    println!("cancel: {}", a.cancel());
    yield_now().await;
    println!("main lets go");
    drop(guard);
    b.await.unwrap();
    println!("a ended cancelled: {}, c waits: {}", a.cancelled(), !c.done());
    condition.acquire().await.notify(1);
    c.await.unwrap();
}
