//! S-LOOP-17: so has a timer, and a call from another thread has that of its sender.

use std::thread;
use std::time::Duration;

use tulipa::context::ContextVar;
use tulipa::{Promise, get_running_loop};

static VAR: ContextVar<&str> = ContextVar::with_default("var", "unset");

fn look(name: &str) {
    println!("{name}: {}", VAR.get().unwrap());
}

pub(crate) async fn main() {
    let event_loop = get_running_loop();
    let done = Promise::new();
    let to_set = done.clone();
    let last = move || {
        look("timer");
        to_set.set_result(()).unwrap();
    };
    let handle = event_loop.handle();
    let send = move || {
        look("the thread");
        VAR.set("the sender's");
        handle.call_soon_threadsafe(|| look("threadsafe")).unwrap();
        VAR.set("changed since");
    };
    VAR.set("main's");
    event_loop.call_later(Duration::from_millis(1), last);
    VAR.set("changed since");
    let sender = thread::spawn(send);
    sender.join().unwrap();
    done.await.unwrap();
    look("main");
}
