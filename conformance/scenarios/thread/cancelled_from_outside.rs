//! S-THREAD-1: cancelled from another thread it is cancelled at once, while the task still cleans
//! up.

use std::future::pending;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tulipa::EventLoop;
use tulipa::cancel::CancelExt;
use tulipa::sync::Event;

async fn work(started: Sender<()>, gate: Arc<Event>, ended: Sender<()>) {
    println!("the task waits");
    started.send(()).unwrap();
    let cleanup = async || {
        gate.wait().await;
        println!("the task has cleaned up");
        ended.send(()).unwrap();
    };
    pending::<()>().finally(cleanup).await;
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let handle = event_loop.handle();
    let worker = thread::spawn(move || {
        let (started, has_started) = channel();
        let (ended, has_ended) = channel();
        let gate = Arc::new(Event::new());
        let inside = gate.clone();
        let future = handle.run_coroutine_threadsafe(|| work(started, inside, ended)).unwrap();
        has_started.recv().unwrap();
        println!("cancel: {}", future.cancel());
        println!("done: {}", future.done());
        println!("no value: {}", future.wait(None).is_err());
        println!("the gate opens");
        gate.set();
        has_ended.recv().unwrap();
        handle.stop().unwrap();
    });
    event_loop.run_forever().unwrap();
    worker.join().unwrap();
    event_loop.close();
}
