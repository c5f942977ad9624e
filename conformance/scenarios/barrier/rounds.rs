//! S-BARRIER-1, S-BARRIER-2: the same tasks meet round after round; nobody is a round ahead.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn work(name: &str, steps: u32, barrier: Rc<Barrier>) {
    for n in 1..=3 {
        for _ in 0..steps {
            yield_now().await;
        }
        println!("{name} has done part {n}");
        let index = barrier.wait().await.unwrap();
        println!("{name} was number {index} with part {n}");
    }
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(3));
    let pace = [("a", 2), ("b", 0), ("c", 1)];
    let tasks = pace.map(|(name, steps)| create_task(work(name, steps, barrier.clone())));
    for task in tasks {
        task.await.unwrap();
    }
}
