//! S-COND-2: a predicate that is true does not make its caller suspend, and the lock stays held.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn ask(condition: Rc<Condition>) {
    println!("the other asks");
    let _guard = condition.acquire().await;
    println!("the other has the lock");
}

pub(crate) async fn main() {
    let condition = Rc::new(Condition::new());
    let other = create_task(ask(condition.clone()));
    let mut guard = condition.acquire().await;
    for n in 1..=3 {
        guard = guard.wait_for(|()| true).await;
        println!("true {n}");
    }
    yield_now().await;
    println!("main lets go");
    drop(guard);
    other.await.unwrap();
}
