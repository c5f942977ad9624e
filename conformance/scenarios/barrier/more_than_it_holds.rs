//! S-BARRIER-2: five come to a barrier for two: two rounds, and one who waits for a sixth.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    barrier.wait().await.unwrap();
    println!("{name} goes on");
}

async fn count() {
    for n in 1..=5 {
        println!("iteration {n}");
        yield_now().await;
    }
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(2));
    let counter = create_task(count());
    let names = ["a", "b", "c", "d", "e"];
    let tasks = names.map(|name| create_task(arrive(name, barrier.clone())));
    counter.await.unwrap();
    println!("waiting: {}", barrier.n_waiting());
    arrive("f", barrier.clone()).await;
    for task in tasks {
        task.await.unwrap();
    }
}
