//! S-FUT-7: a task that awaits itself fails, and hangs nobody.

use std::cell::RefCell;
use std::rc::Rc;

use tulipa::{Task, create_task, yield_now};

type Place = Rc<RefCell<Option<Task<()>>>>;

async fn awaits_itself(place: Place) {
    println!("it awaits itself");
    let me = place.take().unwrap();
    me.await.unwrap();
    println!("never");
}

pub(crate) async fn main() {
    let place = Place::default();
    let task = create_task(awaits_itself(place.clone()));
    let view = task.task_ref();
    place.replace(Some(task));
    for _ in 0..3 {
        yield_now().await;
    }
    println!("done: {}, cancelled: {}", view.done(), view.cancelled());
}
