//! S-LOOP-8, S-LOOP-16: a call from another thread can be cancelled before the loop gets to it.

use std::thread;

use tulipa::EventLoop;

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let handle = event_loop.handle();
    let worker = thread::spawn(move || {
        let calls = ["first", "second", "third"]
            .map(|name| handle.call_soon_threadsafe(move || println!("{name}")).unwrap());
        calls[1].cancel();
        println!("cancelled: {}, {}", calls[0].cancelled(), calls[1].cancelled());
        handle.stop().unwrap();
    });
    worker.join().unwrap();
    println!("the loop runs");
    event_loop.run_forever().unwrap();
    event_loop.close();
}
