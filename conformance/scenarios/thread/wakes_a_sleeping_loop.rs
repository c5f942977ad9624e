//! S-LOOP-16: a call from another thread wakes a loop that sleeps, and calls keep their order.

use std::thread;

use tulipa::EventLoop;

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let handle = event_loop.handle();
    let worker = thread::spawn(move || {
        for n in 1..=3 {
            handle.call_soon_threadsafe(move || println!("call {n}")).unwrap();
        }
        handle.stop().unwrap();
    });
    event_loop.run_forever().unwrap();
    worker.join().unwrap();
    println!("stopped");
    event_loop.close();
}
