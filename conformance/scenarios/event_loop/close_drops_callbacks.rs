//! S-LOOP-15: `close` drops callbacks and timers, does nothing the second time, and ends all
//! scheduling.

use std::time::Duration;

use tulipa::EventLoop;

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    event_loop.call_soon(|| println!("never"));
    event_loop.call_later(Duration::ZERO, || println!("never"));
    println!("closed: {}", event_loop.is_closed());
    event_loop.close();
    event_loop.close();
    println!("closed: {}", event_loop.is_closed());
    let call = event_loop.handle().call_soon_threadsafe(|| println!("never"));
    println!("a callback refused: {}", call.is_err());
    println!("a run refused: {}", event_loop.run_forever().is_err());
}
