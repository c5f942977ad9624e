//! S-LOOP-14: what else is ready in the iteration in which a run's future ends runs before it
//! returns.

use tulipa::{EventLoop, get_running_loop, yield_now};

async fn ends() {
    println!("the future begins");
    yield_now().await;
    println!("the future ends");
    get_running_loop().call_soon(|| println!("queued by its last step"));
}

async fn beside() {
    for n in 1..=5 {
        println!("beside it, {n}");
        yield_now().await;
    }
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let task = event_loop.create_task(beside());
    event_loop.run_until_complete(ends()).unwrap();
    println!("the run is over");
    event_loop.run_until_complete(task).unwrap().unwrap();
    event_loop.close();
}
