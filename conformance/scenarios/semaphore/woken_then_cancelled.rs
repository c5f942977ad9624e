//! S-SEM-3: the unit kept for a waiter that did not live to use it goes to the next.

use std::rc::Rc;

use tulipa::sync::local::Semaphore;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, semaphore: Rc<Semaphore>) {
    println!("{name} asks");
    let _permit = semaphore.acquire().await;
    yield_now().await;
    println!("{name} has had it");
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(0));
    let [a, b, c] = ["a", "b", "c"].map(|name| create_task(hold(name, semaphore.clone())));
    yield_now().await;
    semaphore.release();
    println!("released, cancel: {}", a.cancel());
    if a.await.is_err() {
        println!("a is cancelled");
    }
    b.await.unwrap();
    c.await.unwrap();
    println!("locked: {}", semaphore.locked());
}
