//! S-LOOP-3: a loop that was kept busy finds two deadlines passed at once.
//!
//! Differs: S-LOOP-3: what one deadline woke runs to its end before the next deadline fires.

use std::thread;
use std::time::Duration;

use tulipa::{create_task, sleep, yield_now};

async fn wake(name: &str, after: u64) {
    sleep(Duration::from_millis(after)).await;
    for step in 1..=3 {
        println!("{name}, step {step}");
        yield_now().await;
    }
}

async fn late() {
    let early = create_task(wake("the early one", 5));
    let late = create_task(wake("the late one", 10));
    yield_now().await;
    thread::sleep(Duration::from_millis(30));
    println!("both deadlines have passed");
    early.await.unwrap();
    late.await.unwrap();
}

pub(crate) fn main() {
    tulipa::run(late());
}
