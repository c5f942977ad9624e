//! S-TASK-6: a task has a copy of its maker's context, and what it awaits itself shares its own.

use tulipa::context::ContextVar;
use tulipa::{create_task, yield_now};

static VAR: ContextVar<String> = ContextVar::new("var");

fn value() -> String {
    VAR.get().unwrap_or_else(|| "unset".into())
}

async fn child(name: String) {
    println!("{name} starts with {}", value());
    VAR.set(format!("the value of {name}"));
    yield_now().await;
    println!("{name} has {}", value());
}

async fn parent(name: &str) {
    println!("{name} starts with {}", value());
    VAR.set(format!("the value of {name}"));
    let task = create_task(child(format!("the child of {name}")));
    child(format!("the call of {name}")).await;
    task.await.unwrap();
    println!("{name} ends with {}", value());
}

pub(crate) async fn main() {
    VAR.set("the value of main".into());
    let tasks = ["a", "b"].map(|name| create_task(parent(name)));
    VAR.set("the new value of main".into());
    for task in tasks {
        task.await.unwrap();
    }
    println!("main has {}", value());
}
