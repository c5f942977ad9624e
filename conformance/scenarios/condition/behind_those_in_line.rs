//! S-COND-2: who was notified gets in line for the lock behind those who asked for it before.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn wait(condition: Rc<Condition>) {
    let guard = condition.acquire().await;
    let _guard = guard.wait().await;
    println!("the notified has the lock");
}

async fn ask(name: &str, condition: Rc<Condition>) {
    println!("{name} asks");
    let _guard = condition.acquire().await;
    println!("{name} has the lock");
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let waiter = create_task(wait(condition.clone()));
    yield_now().await;
    let guard = condition.acquire().await;
    let early = create_task(ask("the early one", condition.clone()));
    yield_now().await;
    let late = create_task(ask("the late one", condition.clone()));
    guard.notify(1);
    println!("notified");
    drop(guard);
    late.await.unwrap();
    early.await.unwrap();
    waiter.await.unwrap();
}
