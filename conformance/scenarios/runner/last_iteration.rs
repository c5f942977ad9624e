//! S-LOOP-14, S-RUN-1: what is ready as main ends runs once more before it is cancelled.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{Task, create_task, rt, yield_now};

async fn other(name: &str) {
    let body = async {
        println!("{name} starts");
        yield_now().await;
        println!("{name} goes on");
        pending::<()>().await;
    };
    body.finally(async || println!("{name} ends")).await;
}

async fn main_task() -> Task<()> {
    let task = create_task(other("a"));
    rt::current().call_soon(Box::new(|| println!("a callback")));
    yield_now().await;
    println!("main ends");
    task
}

pub(crate) fn main() {
    let task = tulipa::run(main_task());
    println!("the run is over, cancelled: {}", task.cancelled());
}
