//! S-TASK-9: a task may be eager without a factory, and need not be with one.

use tulipa::rt::TaskFactory;
use tulipa::task::{TaskBuilder, eager_task_factory};
use tulipa::{Task, create_task, rt, yield_now};

async fn work(name: &str) {
    println!("{name} runs");
}

fn done(tasks: &[Task<()>]) -> String {
    tasks.iter().map(|task| task.done().to_string()).collect::<Vec<_>>().join(" ")
}

pub(crate) async fn main() {
    let mut made = vec![TaskBuilder::new().eager_start(true).create_task(work("eager"))];
    println!("the first is made");
    rt::current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    made.push(TaskBuilder::new().eager_start(false).create_task(work("lazy")));
    println!("the second is made");
    made.push(create_task(work("as the factory says")));
    println!("done: {}", done(&made));
    yield_now().await;
    println!("done: {}", done(&made));
}
