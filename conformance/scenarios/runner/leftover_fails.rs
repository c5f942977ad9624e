//! S-RUN-2: what fails while it cleans up at the end is reported.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{create_task, get_running_loop, yield_now};

async fn broken() {
    let cleanup = async || {
        println!("the cleanup fails");
        panic!("boom");
    };
    pending::<()>().finally(cleanup).await;
}

async fn main_task() {
    get_running_loop().set_exception_handler(|context| {
        println!("reported: {}", context.exception_text().unwrap());
    });
    let task = create_task(broken());
    yield_now().await;
    println!("main ends, the task is done: {}", task.done());
}

pub(crate) fn main() {
    tulipa::run(main_task());
    println!("the run is over");
}
