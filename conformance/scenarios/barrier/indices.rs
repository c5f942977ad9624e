//! S-BARRIER-1: each gets its index in order of arrival, and the last to come does not wait.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Barrier;

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives, waiting: {} of {}", barrier.n_waiting(), barrier.parties());
    let index = barrier.wait().await.unwrap();
    println!("{name} goes on with {index}, waiting: {}", barrier.n_waiting());
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(4));
    let tasks = ["a", "b", "c", "d"].map(|name| create_task(arrive(name, barrier.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
