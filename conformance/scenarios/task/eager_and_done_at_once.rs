//! S-TASK-7: one that ends at its first step is done as it is returned, and was never queued.

use tulipa::rt::TaskFactory;
use tulipa::task::{TaskRef, eager_task_factory};
use tulipa::{all_tasks, create_task, current_task, rt, yield_now};

fn names() -> String {
    let mut names: Vec<_> = all_tasks().iter().map(TaskRef::name).collect();
    names.sort();
    names.join(" ")
}

async fn inner() -> &'static str {
    current_task().unwrap().set_name("inner");
    println!("{} of {}", current_task().unwrap().name(), names());
    "a value"
}

async fn outer() -> String {
    current_task().unwrap().set_name("outer");
    let task = create_task(inner());
    println!("{} again, of {}", current_task().unwrap().name(), names());
    println!("inner is done: {}", task.done());
    format!("{}, passed on", task.await.unwrap())
}

pub(crate) async fn main() {
    let event_loop = rt::current();
    event_loop.tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    current_task().unwrap().set_name("main");
    event_loop.call_soon(Box::new(|| println!("the next iteration")));
    let task = create_task(outer());
    println!("{} again, of {}", current_task().unwrap().name(), names());
    println!("outer has {}", task.result().unwrap());
    task.add_done_callback(|task| println!("told of it, done: {}", task.done()));
    task.await.unwrap();
    println!("awaiting it takes no time");
    yield_now().await;
}
