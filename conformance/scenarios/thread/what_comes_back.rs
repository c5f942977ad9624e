//! S-THREAD-1: what another thread gets of a task: its value, its failure, or that it was
//! cancelled.

use std::thread;

use tulipa::task::ConcurrentError;
use tulipa::{EventLoop, LoopHandle, yield_now};

async fn work(how: &str) -> &'static str {
    println!("the work begins: {how}");
    yield_now().await;
    match how {
        "fails" => panic!("boom"),
        "is cancelled" => tulipa::cancel::raise().await,
        _ => "its value",
    }
}

fn ask(handle: &LoopHandle, how: &'static str) {
    let future = handle.run_coroutine_threadsafe(move || work(how)).unwrap();
    match future.wait(None) {
        Ok(value) => println!("the thread has {value}"),
        Err(ConcurrentError::Failed(error)) if error.is_cancelled() => {
            println!("the thread is told that it was cancelled");
        }
        Err(ConcurrentError::Failed(error)) => {
            println!("the thread is told: {}", error.panic_message().unwrap());
        }
        Err(error) => println!("{error}"),
    }
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let handle = event_loop.handle();
    let worker = thread::spawn(move || {
        for how in ["returns", "fails", "is cancelled"] {
            ask(&handle, how);
        }
        handle.stop().unwrap();
    });
    event_loop.run_forever().unwrap();
    worker.join().unwrap();
    event_loop.close();
}
