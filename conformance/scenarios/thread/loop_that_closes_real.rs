//! S-THREAD-1, S-LOOP-15: a task is sent to a loop that closes before it gets to it.
//!
//! Differs: S-THREAD-1: the future ends and says so; it does not hang.

use std::time::Duration;

use tulipa::EventLoop;
use tulipa::task::ConcurrentError;

async fn work() {
    println!("never");
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let future = event_loop.handle().run_coroutine_threadsafe(work).unwrap();
    println!("done: {}", future.done());
    event_loop.close();
    println!("closed");
    match future.wait(Some(Duration::from_millis(50))) {
        Ok(()) => println!("it has ended well"),
        Err(ConcurrentError::TimedOut) => println!("it hangs"),
        Err(ConcurrentError::LoopClosed) => println!("it knows that the loop has closed"),
        Err(error) => println!("{error}"),
    }
    let late = event_loop.handle().run_coroutine_threadsafe(work);
    println!("another is refused: {}", late.is_err());
}
