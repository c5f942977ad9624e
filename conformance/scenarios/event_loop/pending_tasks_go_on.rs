//! S-LOOP-13: a task that is pending when a run ends goes on in the next, neither cancelled nor
//! restarted.

use tulipa::{EventLoop, yield_now};

async fn count() {
    for n in 1..=4 {
        println!("count {n}");
        yield_now().await;
    }
}

async fn two_iterations(name: &str) {
    println!("{name} begins");
    yield_now().await;
    println!("{name} ends");
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let task = event_loop.create_task(count());
    event_loop.run_until_complete(two_iterations("the first run")).unwrap();
    println!("done: {}", task.done());
    event_loop.run_until_complete(two_iterations("the second run")).unwrap();
    println!("done: {}", task.done());
    event_loop.run_until_complete(task).unwrap().unwrap();
    println!("the last run is over");
    event_loop.close();
}
