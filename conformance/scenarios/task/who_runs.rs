//! S-TASK-1: a task is listed before it starts, is the current one as it runs, and a callback has
//! none.

use tulipa::task::TaskRef;
use tulipa::{all_tasks, create_task, current_task, rt, yield_now};

fn show(place: &str) {
    let name = current_task().map_or("nobody".into(), |task| task.name());
    let mut names: Vec<_> = all_tasks().iter().map(TaskRef::name).collect();
    names.sort();
    println!("{place}: {name} of {}", names.join(" "));
}

async fn work() {
    show("the task, first step");
    yield_now().await;
    show("the task, last step");
}

pub(crate) async fn main() {
    current_task().unwrap().set_name("main");
    show("before");
    let task = create_task(work()).with_name("worker");
    show("made");
    rt::current().call_soon(Box::new(|| show("a callback")));
    task.await.unwrap();
    show("after");
}
