//! S-WAIT-1: who waits may be cancelled, and the tasks go on.

use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{Task, create_task, sleep, wait};

use crate::clock::ms;

async fn work() {
    sleep(Duration::from_millis(30)).await;
    println!("{} ms: the work is done", ms());
}

async fn waiter(task: Rc<Task<()>>) {
    wait([&*task]).finally(async || println!("{} ms: the waiter ends", ms())).await;
}

pub(crate) async fn main() {
    let task = Rc::new(create_task(work()));
    let waiting = create_task(waiter(task.clone()));
    sleep(Duration::from_millis(10)).await;
    waiting.cancel();
    wait([&waiting]).await;
    println!("{} ms: the waiter is cancelled: {}", ms(), waiting.cancelled());
    wait([&*task]).await;
}
