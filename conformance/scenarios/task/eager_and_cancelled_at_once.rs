//! S-TASK-8: an eager task that is cancelled at once has begun, and is told where it waits.

use std::future::pending;

use tulipa::cancel::CancelExt;
use tulipa::rt::TaskFactory;
use tulipa::task::eager_task_factory;
use tulipa::{create_task, rt};

async fn work(name: &str) {
    println!("{name} begins");
    pending::<()>().finally(async || println!("{name} cleans up")).await;
}

pub(crate) async fn main() {
    let lazy = create_task(work("lazy"));
    rt::current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    let eager = create_task(work("eager"));
    for task in [&lazy, &eager] {
        task.cancel();
    }
    println!("cancelled: {}, requests: {}", eager.cancelled(), eager.cancelling());
    for mut task in [lazy, eager] {
        if (&mut task).await.is_err() {
            println!("cancelled: {}", task.cancelled());
        }
    }
}
