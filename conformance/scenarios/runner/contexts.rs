//! S-RUN-8: the runs of a runner share a context, which their tasks copy and their maker keeps.

use tulipa::context::ContextVar;
use tulipa::{Runner, create_task};

static VAR: ContextVar<&str> = ContextVar::with_default("var", "unset");

fn value() -> &'static str {
    VAR.get().unwrap()
}

async fn child() {
    println!("the child sees {}", value());
    VAR.set("the child's");
}

async fn main_task(new: &'static str) {
    println!("main sees {}", value());
    VAR.set(new);
    create_task(child()).await.unwrap();
    println!("main has {}", value());
}

pub(crate) fn main() {
    VAR.set("the maker's");
    let runner = Runner::new().unwrap();
    runner.run(main_task("the first run's")).unwrap();
    println!("the maker has {}", value());
    VAR.set("the maker's new one");
    runner.run(main_task("the second run's")).unwrap();
    println!("the maker has {}", value());
}
