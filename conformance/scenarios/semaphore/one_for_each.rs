//! S-SEM-2: units that are released together wake as many waiters, who run in one iteration.

use std::rc::Rc;

use tulipa::sync::local::Semaphore;
use tulipa::{create_task, yield_now};

async fn take(name: &str, semaphore: Rc<Semaphore>) {
    semaphore.acquire().await.forget();
    println!("{name} has a unit");
}

async fn count() {
    for n in 1..=3 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(0));
    let tasks = ["a", "b", "c"].map(|name| create_task(take(name, semaphore.clone())));
    yield_now().await;
    let counter = create_task(count());
    semaphore.release();
    semaphore.release();
    println!("two released, locked: {}", semaphore.locked());
    counter.await.unwrap();
    semaphore.release();
    println!("one more released");
    for task in tasks {
        task.await.unwrap();
    }
}
