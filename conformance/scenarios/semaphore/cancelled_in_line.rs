//! S-SEM-1, S-SEM-3: a waiter that is cancelled leaves the line and takes no unit with it.

use std::rc::Rc;

use tulipa::cancel::catch_cancel;
use tulipa::sync::local::Semaphore;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, semaphore: Rc<Semaphore>) {
    println!("{name} asks");
    let permit = match catch_cancel(semaphore.acquire()).await {
        Ok(permit) => permit,
        Err(cancelled) => {
            println!("{name} is cancelled");
            cancelled.resume().await
        }
    };
    println!("{name} has it");
    for _ in 0..2 {
        yield_now().await;
    }
    println!("{name} lets go");
    drop(permit);
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(2));
    let names = ["a", "b", "c", "d"];
    let [a, b, c, d] = names.map(|name| create_task(hold(name, semaphore.clone())));
    yield_now().await;
    println!("cancel: {}", c.cancel());
    for task in [a, b, d] {
        task.await.unwrap();
    }
    println!("c ended cancelled: {}", c.cancelled());
}
