//! S-RUN-4: Ctrl-C cancels main, which cleans up; the run is interrupted, and Ctrl-C free again.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::cancel::CancelExt;
use tulipa::signal::Interrupts;
use tulipa::{RunError, Runner, create_task, current_task, yield_now};

async fn leftover() {
    pending::<()>().finally(async || println!("what was left cleans up")).await;
}

async fn main_task() {
    let task = create_task(leftover());
    yield_now().await;
    println!("main is interrupted, the task is done: {}", task.done());
    raise(SIGINT).unwrap();
    let cleanup = async || {
        println!("main cleans up, requests: {}", current_task().unwrap().cancelling());
        yield_now().await;
        println!("main is clean");
    };
    pending::<()>().finally(cleanup).await;
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    if let Err(RunError::Interrupted) = runner.run(main_task()) {
        println!("interrupted");
    }
    println!("free: {}", Interrupts::take().unwrap().is_some());
    runner.close();
    println!("closed");
}
