//! S-RUN-8: a main task that is cancelled ends its run, and the runner has others.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{RunError, Runner, current_task};

async fn first() {
    current_task().unwrap().cancel();
    pending::<()>().finally(async || println!("the first run cleans up")).await;
    println!("never");
}

async fn second() {
    println!("the second run");
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    if let Err(RunError::Cancelled(_)) = runner.run(first()) {
        println!("the first run was cancelled");
    }
    runner.run(second()).unwrap();
    runner.close();
    println!("closed");
}
