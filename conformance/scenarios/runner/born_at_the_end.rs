//! S-RUN-3: a task is born in the cleanup of one that is left.
//!
//! Differs: S-RUN-3: it is cancelled and waited for too.

use std::cell::OnceCell;
use std::future::pending;
use std::rc::Rc;

use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::{Task, create_task, yield_now};

type Born = Rc<OnceCell<Task<()>>>;

async fn late() {
    println!("the late one starts");
    if let Err(cancelled) = catch_cancel(pending::<()>()).await {
        println!("the late one cleans up");
        cancelled.resume().await;
    }
}

async fn leftover(born: Born) {
    let cleanup = async || {
        born.set(create_task(late())).unwrap();
        yield_now().await;
        yield_now().await;
        println!("what was left ends");
    };
    pending::<()>().finally(cleanup).await;
}

async fn main_task(born: Born) {
    let task = create_task(leftover(born));
    yield_now().await;
    println!("main ends, the task is done: {}", task.done());
}

pub(crate) fn main() {
    let born = Born::default();
    tulipa::run(main_task(born.clone()));
    println!("the run is over, the late one has ended: {}", born.get().unwrap().done());
}
