//! S-TASK-7: an eager task runs as it is made, up to its first suspension, and goes on in turn.

use tulipa::rt::TaskFactory;
use tulipa::task::eager_task_factory;
use tulipa::{create_task, rt, yield_now};

async fn work(name: &str) {
    for step in 0..3 {
        println!("{name} {step}");
        yield_now().await;
    }
    println!("{name} ends");
}

pub(crate) async fn main() {
    let event_loop = rt::current();
    let lazy = create_task(work("lazy"));
    event_loop.tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    event_loop.call_soon(Box::new(|| println!("a callback")));
    println!("main makes it");
    let task = create_task(work("eager"));
    println!("main has made it, done: {}", task.done());
    yield_now().await;
    println!("main goes on");
    task.await.unwrap();
    lazy.await.unwrap();
    println!("main ends");
}
