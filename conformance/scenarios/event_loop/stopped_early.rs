//! S-LOOP-13: a run that is stopped before its future is done is an error, and the future stays
//! pending.

use tulipa::{EventLoop, yield_now};

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let promise = event_loop.create_promise();
    let inside = event_loop.clone();
    event_loop.call_soon(move || {
        println!("stop");
        inside.stop();
    });
    let early = event_loop.run_until_complete(promise.clone());
    println!("an error: {}", early.is_err());
    println!("done: {}", promise.done());
    let sets = promise.clone();
    let value = event_loop.run_until_complete(async move {
        yield_now().await;
        sets.set_result("the value").unwrap();
        sets.await.unwrap()
    });
    println!("in a later run: {}", value.unwrap());
    event_loop.close();
}
