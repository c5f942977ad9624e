//! S-TASK-5: a task waits for a future that nobody else holds, and nobody holds the task.
//!
//! Differs: S-TASK-5: the loop owns it, and whoever cancels all tasks still finds it.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::{all_tasks, create_task, yield_now};

async fn wait() {
    println!("it waits");
    pending::<()>().finally(async || println!("its cleanup")).await;
}

fn lives() -> bool {
    all_tasks().iter().any(|task| &*task.name() == "waiter")
}

pub(crate) async fn main() {
    create_task(wait()).with_name("waiter").detach();
    yield_now().await;
    println!("nobody holds it");
    println!("it lives: {}", lives());
    for task in all_tasks() {
        if &*task.name() == "waiter" {
            println!("cancel it: {}", task.cancel());
        }
    }
    yield_now().await;
    println!("it lives: {}", lives());
}
