//! S-TASK-7: what an eager task fails with is its own, and not its maker's.

use tulipa::rt::TaskFactory;
use tulipa::task::eager_task_factory;
use tulipa::{Task, create_task, rt, yield_now};

async fn fail() {
    println!("it fails");
    panic!("boom");
}

pub(crate) async fn main() {
    rt::current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    let task: Task<()> = create_task(fail());
    println!("it is made, done: {}", task.done());
    yield_now().await;
    if let Err(error) = task.await {
        println!("the awaiter has it: {}", error.panic_message().unwrap());
    }
}
