//! S-SEM-1: who comes before the woken have run gets in line, though there is a unit to spare.

use std::rc::Rc;

use tulipa::sync::local::Semaphore;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, semaphore: Rc<Semaphore>) {
    println!("{name} asks, locked: {}", semaphore.locked());
    let _permit = semaphore.acquire().await;
    println!("{name} has it");
    yield_now().await;
    println!("{name} lets go");
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(0));
    let waiter = create_task(hold("the waiter", semaphore.clone()));
    yield_now().await;
    semaphore.release();
    semaphore.release();
    println!("two units are there");
    hold("main", semaphore.clone()).await;
    waiter.await.unwrap();
    println!("locked: {}", semaphore.locked());
}
