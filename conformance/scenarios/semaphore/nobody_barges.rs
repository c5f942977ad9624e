//! S-SEM-1, S-SEM-2: the unit of a woken waiter is not to be had by anybody else.

use std::rc::Rc;

use tulipa::sync::local::Semaphore;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, semaphore: Rc<Semaphore>) {
    println!("{name} asks");
    let _permit = semaphore.acquire().await;
    println!("{name} has it");
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(1));
    let permit = semaphore.acquire().await;
    let waiter = create_task(hold("the waiter", semaphore.clone()));
    yield_now().await;
    let newcomer = create_task(hold("the newcomer", semaphore.clone()));
    drop(permit);
    println!("main has let go, locked: {}", semaphore.locked());
    let permit = semaphore.acquire().await;
    println!("main has it again");
    drop(permit);
    waiter.await.unwrap();
    newcomer.await.unwrap();
    println!("locked: {}", semaphore.locked());
}
