//! S-LOOP-8: a timer that is cancelled, early or by the one before it, never runs.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use tulipa::rt::TimerHandle;
use tulipa::{get_running_loop, sleep};

pub(crate) async fn main() {
    let event_loop = get_running_loop();
    let when = event_loop.time() + Duration::from_millis(5);
    let early = event_loop.call_later(Duration::from_millis(1), || println!("never"));
    let victim = Rc::new(RefCell::new(None::<TimerHandle>));
    let to_cancel = victim.clone();
    event_loop.call_at(when, move || {
        println!("the first fires");
        to_cancel.borrow().as_ref().unwrap().cancel();
    });
    let later = when + Duration::from_millis(1);
    victim.replace(Some(event_loop.call_at(later, || println!("never either"))));
    early.cancel();
    println!("cancelled: {}", early.cancelled());
    sleep(Duration::from_millis(10)).await;
    println!("the second was cancelled: {}", victim.borrow().as_ref().unwrap().cancelled());
}
