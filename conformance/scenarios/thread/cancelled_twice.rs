//! S-THREAD-1: another thread cancels what it has cancelled, and what has ended.
//!
//! Differs: S-THREAD-1: `cancel` is false for all that is done, as it is for tasks.

use std::thread;

use tulipa::{EventLoop, sleep};

async fn short() {
    println!("the short one runs");
}

async fn long() {
    sleep(std::time::Duration::from_secs(60)).await;
    println!("never");
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let handle = event_loop.handle();
    let worker = thread::spawn(move || {
        let cancelled = handle.run_coroutine_threadsafe(long).unwrap();
        for _ in 0..2 {
            println!("cancel: {}", cancelled.cancel());
        }
        let ended = handle.run_coroutine_threadsafe(short).unwrap();
        while !ended.done() {
            thread::yield_now();
        }
        println!("cancel what has ended: {}", ended.cancel());
        handle.stop().unwrap();
    });
    event_loop.run_forever().unwrap();
    worker.join().unwrap();
    event_loop.close();
}
