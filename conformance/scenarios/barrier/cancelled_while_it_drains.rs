//! S-BARRIER-2, S-BARRIER-3: who is cancelled on the way out does not hold up the next round.

use std::rc::Rc;

use tulipa::sync::local::Barrier;
use tulipa::{create_task, yield_now};

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    barrier.wait().await.unwrap();
    yield_now().await;
    println!("{name} goes on");
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(3));
    let [a, b] = ["a", "b"].map(|name| create_task(arrive(name, barrier.clone())));
    yield_now().await;
    barrier.wait().await.unwrap();
    println!("the barrier is full, cancel: {}", a.cancel());
    let [c, d] = ["c", "d"].map(|name| create_task(arrive(name, barrier.clone())));
    b.await.unwrap();
    println!("a ended cancelled: {}, waiting: {}", a.cancelled(), barrier.n_waiting());
    arrive("main", barrier.clone()).await;
    c.await.unwrap();
    d.await.unwrap();
}
