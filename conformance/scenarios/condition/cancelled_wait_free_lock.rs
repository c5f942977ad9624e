//! S-COND-3: a wait cancelled while nobody has the lock ends at once, and leaves it free.

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
    let [a, b] = ["a", "b"].map(|name| create_task(wait(name, condition.clone())));
    yield_now().await;
    println!("cancel: {}", a.cancel());
    yield_now().await;
    println!("ended cancelled: {}, locked: {}", a.cancelled(), condition.locked());
    let guard = condition.acquire().await;
    guard.notify(1);
    println!("one is notified");
    drop(guard);
    b.await.unwrap();
}
