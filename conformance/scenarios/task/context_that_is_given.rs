//! S-TASK-6: in a context that is given, tasks see each other's changes; their makers do not.

use tulipa::context::{ContextVar, copy_context};
use tulipa::task::TaskBuilder;
use tulipa::yield_now;

static VAR: ContextVar<String> = ContextVar::new("var");

fn value() -> String {
    VAR.get().unwrap_or_else(|| "unset".into())
}

async fn work(name: &str) {
    for step in 0..2 {
        println!("{name} sees {}", value());
        VAR.set(format!("step {step} of {name}"));
        yield_now().await;
    }
}

pub(crate) async fn main() {
    VAR.set("the value of main".into());
    let context = copy_context();
    VAR.set("the new value of main".into());
    let builder = TaskBuilder::new().context(&context);
    let tasks = ["a", "b"].map(|name| builder.clone().create_task(work(name)));
    for task in tasks {
        task.await.unwrap();
    }
    println!("the context has {}", context.get(&VAR).unwrap());
    println!("main has {}", value());
}
