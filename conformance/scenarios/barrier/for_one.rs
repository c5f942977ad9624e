//! S-BARRIER-1: at a barrier for one nobody ever waits.

use tulipa::create_task;
use tulipa::sync::local::Barrier;

async fn other() {
    println!("the other runs");
}

pub(crate) async fn main() {
    let barrier = Barrier::new(1);
    let task = create_task(other());
    for _ in 0..3 {
        let index = barrier.wait().await.unwrap();
        println!("goes on with {index}, waiting: {}", barrier.n_waiting());
    }
    task.await.unwrap();
}
