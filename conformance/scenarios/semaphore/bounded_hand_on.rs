//! S-SEM-2, S-SEM-4: a bounded one counts the unit that is kept for a waiter as given out.

use std::rc::Rc;

use tulipa::sync::local::BoundedSemaphore;
use tulipa::{create_task, yield_now};

async fn take(name: &str, semaphore: Rc<BoundedSemaphore>) {
    semaphore.acquire().await.forget();
    println!("{name} has a unit");
}

pub(crate) async fn main() {
    let semaphore = Rc::new(BoundedSemaphore::new(1));
    semaphore.acquire().await.forget();
    let waiter = create_task(take("the waiter", semaphore.clone()));
    yield_now().await;
    for n in 1..=3 {
        match semaphore.release() {
            Ok(()) => println!("release {n}, locked: {}", semaphore.locked()),
            Err(_) => println!("release {n} is one too many"),
        }
    }
    waiter.await.unwrap();
    println!("locked: {}", semaphore.locked());
}
