//! S-TIMEOUT-6: a cancellation in the iteration of the deadline goes through.

use std::cell::OnceCell;
use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::CancelExt;
use tulipa::{Task, create_task, sleep, timeout, wait};

use crate::clock::ms;

async fn worker() {
    let body = sleep(Duration::from_secs(1));
    let body = body.finally(async || println!("{} ms: the body ends", ms()));
    if timeout(Duration::from_millis(20), body).await.is_err() {
        println!("timed out");
    }
}

async fn cancel(task: Rc<OnceCell<Task<()>>>) {
    sleep(Duration::from_millis(20)).await;
    println!("{} ms: cancel: {}", ms(), task.get().unwrap().cancel());
}

pub(crate) async fn main() {
    let task = Rc::new(OnceCell::new());
    let canceller = create_task(cancel(task.clone()));
    let task = task.get_or_init(|| create_task(worker()));
    wait([task]).await;
    println!("ended cancelled: {}", task.cancelled());
    canceller.await.unwrap();
}
