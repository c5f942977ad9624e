//! S-FUT-3, S-FUT-6: the order in which a task's awaiter and its callbacks are told.
//!
//! Differs: S-FUT-3, S-FUT-6: a task's callbacks are scheduled first, then its awaiter is woken.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;

use tulipa::{Task, create_task, yield_now};

async fn work() {
    for _ in 0..3 {
        yield_now().await;
    }
    println!("the work ends");
}

/// Awaits it without keeping it, so that another may add a callback meanwhile.
async fn awaits(task: Rc<RefCell<Task<()>>>) {
    println!("the awaiter waits");
    poll_fn(|cx| Pin::new(&mut *task.borrow_mut()).poll(cx)).await.unwrap();
    println!("the awaiter goes on");
}

pub(crate) async fn main() {
    let task = Rc::new(RefCell::new(create_task(work())));
    task.borrow().add_done_callback(|_| println!("the earlier callback"));
    let awaiter = create_task(awaits(task.clone()));
    yield_now().await;
    task.borrow().add_done_callback(|_| println!("the later callback"));
    awaiter.await.unwrap();
    yield_now().await;
}
