//! S-BARRIER-2, S-BARRIER-5: an abort while a round leaves breaks those inside and those outside.

use std::rc::Rc;

use tulipa::create_task;
use tulipa::sync::local::Barrier;

async fn arrive(name: &str, barrier: Rc<Barrier>) {
    println!("{name} arrives");
    match barrier.wait().await {
        Ok(index) => println!("{name} goes on with {index}"),
        Err(_) => println!("{name} is broken"),
    }
}

async fn abort(barrier: Rc<Barrier>) {
    barrier.abort();
    println!("aborted");
}

pub(crate) async fn main() {
    let barrier = Rc::new(Barrier::new(2));
    let mut tasks =
        Vec::from(["a", "b", "c"].map(|name| create_task(arrive(name, barrier.clone()))));
    tasks.push(create_task(abort(barrier.clone())));
    for task in tasks {
        task.await.unwrap();
    }
    println!("broken: {}", barrier.broken());
}
