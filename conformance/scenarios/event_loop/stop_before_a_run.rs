//! S-LOOP-11: `stop` before a run makes it one iteration that does not wait, and is then over.

use std::time::Duration;

use tulipa::EventLoop;

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let inside = event_loop.clone();
    event_loop.call_soon(move || {
        println!("ready");
        inside.call_soon(|| println!("queued by what was ready"));
    });
    event_loop.call_later(Duration::ZERO, || println!("due"));
    event_loop.call_later(Duration::from_secs(3600), || println!("not due"));
    event_loop.stop();
    event_loop.run_forever().unwrap();
    println!("one iteration is over");
    let inside = event_loop.clone();
    event_loop.call_soon(move || {
        println!("not stopped any more");
        inside.stop();
    });
    event_loop.run_forever().unwrap();
    event_loop.close();
}
