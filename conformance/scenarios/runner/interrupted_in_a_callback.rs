//! S-RUN-4: Ctrl-C as a callback runs, main being at a task that it awaits: that is cancelled too.

use std::future::pending;

use signal_hook::consts::SIGINT;
use signal_hook::low_level::raise;
use tulipa::cancel::CancelExt;
use tulipa::{RunError, Runner, create_task, rt, yield_now};

fn interrupt() {
    println!("a callback is interrupted");
    raise(SIGINT).unwrap();
    println!("and goes on");
}

async fn child() {
    pending::<()>().finally(async || println!("the child cleans up")).await;
}

async fn main_task() {
    let task = create_task(child());
    let view = task.task_ref();
    yield_now().await;
    rt::current().call_soon(Box::new(interrupt));
    let body = async { task.await.unwrap() };
    body.finally(async || println!("main ends, the child is cancelled: {}", view.cancelled()))
        .await;
}

pub(crate) fn main() {
    let runner = Runner::new().unwrap();
    if let Err(RunError::Interrupted) = runner.run(main_task()) {
        println!("interrupted");
    }
}
