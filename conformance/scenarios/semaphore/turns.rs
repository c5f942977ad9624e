//! S-SEM-1: three tasks share two units round after round, and none is left out.

use std::rc::Rc;

use tulipa::sync::local::Semaphore;
use tulipa::{create_task, yield_now};

async fn hold(name: &str, semaphore: Rc<Semaphore>) {
    for turn in 1..=3 {
        let permit = semaphore.acquire().await;
        println!("{name} has turn {turn}");
        yield_now().await;
        drop(permit);
        println!("{name} has let go");
    }
}

pub(crate) async fn main() {
    let semaphore = Rc::new(Semaphore::new(2));
    let tasks = ["a", "b", "c"].map(|name| create_task(hold(name, semaphore.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
