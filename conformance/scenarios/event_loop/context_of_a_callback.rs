//! S-LOOP-17: a callback has a copy of the context of its scheduling, and changes nothing else.

use tulipa::context::ContextVar;
use tulipa::{Promise, rt, yield_now};

static VAR: ContextVar<String> = ContextVar::new("var");

fn value() -> String {
    VAR.get().unwrap_or_else(|| "unset".into())
}

fn look(name: &str) {
    println!("{name}: {}", value());
    VAR.set(format!("changed by {name}"));
}

pub(crate) async fn main() {
    let event_loop = rt::current();
    let promise = Promise::new();
    VAR.set("one".into());
    event_loop.call_soon(Box::new(|| look("soon")));
    promise.add_done_callback(|_| look("done"));
    VAR.set("two".into());
    event_loop.call_soon(Box::new(|| look("soon again")));
    promise.set_result(()).unwrap();
    VAR.set("three".into());
    promise.add_done_callback(|_| look("done already"));
    VAR.set("four".into());
    println!("main: {}", value());
    yield_now().await;
    println!("main: {}", value());
}
