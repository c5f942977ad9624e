//! S-LOOP-10: `stop` lets the batch end; what the batch queued waits for the next run.

use tulipa::EventLoop;

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let inside = event_loop.clone();
    event_loop.call_soon(move || {
        println!("stop");
        inside.stop();
        inside.call_soon(|| println!("queued by the batch"));
    });
    event_loop.call_soon(|| println!("of the same batch"));
    event_loop.run_forever().unwrap();
    println!("the first run is over");
    let inside = event_loop.clone();
    event_loop.call_soon(move || inside.stop());
    event_loop.run_forever().unwrap();
    println!("the second run is over");
    event_loop.close();
}
