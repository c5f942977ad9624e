//! S-RUN-4: a main that others cancelled too ends cancelled, and is not interrupted.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::cancel::CancelExt;
use tulipa::task::TaskRef;
use tulipa::{RunError, Runner, create_task, current_task};

async fn other(task: TaskRef) {
    println!("the other cancels main, and is interrupted");
    task.cancel();
    raise(SIGINT).unwrap();
}

async fn main_task() {
    let task = create_task(other(current_task().unwrap()));
    let cleanup = async || {
        task.await.unwrap();
        println!("main ends");
    };
    pending::<()>().finally(cleanup).await;
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    match runner.run(main_task()) {
        Err(RunError::Cancelled(_)) => println!("cancelled"),
        Err(RunError::Interrupted) => println!("interrupted"),
        _ => println!("neither"),
    }
}
