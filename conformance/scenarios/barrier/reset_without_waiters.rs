//! S-BARRIER-4: a reset with nobody there changes nothing, before a round and after one.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Barrier;

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    match barrier.wait().await {
        Ok(index) => println!("{name} goes on with {index}"),
        Err(_) => println!("{name} is broken"),
    }
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(2));
    for _ in 0..2 {
        barrier.reset();
        println!("reset, waiting: {}, broken: {}", barrier.n_waiting(), barrier.broken());
        let tasks = ["a", "b"].map(|name| create_task(arrive(name, barrier.clone())));
        for task in tasks {
            task.await.unwrap();
        }
    }
}
