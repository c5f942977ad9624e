//! S-LOOP-12, S-LOOP-16: two threads have a loop each, and a task of one awaits tasks of the other.

use std::sync::mpsc::channel;
use std::thread;

use tulipa::{EventLoop, LoopHandle, yield_now};

async fn double(n: u32) -> u32 {
    println!("the other loop doubles {n}");
    yield_now().await;
    2 * n
}

async fn ask(other: LoopHandle) {
    let mut n = 1;
    for _ in 0..3 {
        n = other.run_coroutine_threadsafe(move || double(n)).unwrap().await.unwrap();
        println!("this loop has {n}");
    }
    other.stop().unwrap();
}

pub(crate) fn main() {
    let (sends, handle) = channel();
    let other = thread::spawn(move || {
        let event_loop = EventLoop::new().unwrap();
        sends.send(event_loop.handle()).unwrap();
        event_loop.run_forever().unwrap();
        event_loop.close();
    });
    tulipa::run(ask(handle.recv().unwrap()));
    other.join().unwrap();
    println!("both are over");
}
