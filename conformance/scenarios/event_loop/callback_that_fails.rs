//! S-LOOP-8, S-LOOP-9: a callback that fails is reported and the others run, but a cancelled one.

use std::cell::OnceCell;
use std::rc::Rc;

use tulipa::{get_running_loop, yield_now};

pub(crate) async fn main() {
    let event_loop = get_running_loop();
    event_loop.set_exception_handler(|context| {
        println!("reported: {}", context.exception_text().unwrap());
    });
    let handle = Rc::new(OnceCell::new());
    let next = handle.clone();
    event_loop.call_soon(|| println!("before"));
    event_loop.call_soon(|| panic!("boom"));
    event_loop.call_soon(move || {
        let next: &tulipa::rt::Handle = next.get().unwrap();
        println!("cancels the next one");
        next.cancel();
        println!("cancelled: {}", next.cancelled());
    });
    handle.set(event_loop.call_soon(|| println!("never"))).unwrap();
    event_loop.call_soon(|| println!("after"));
    yield_now().await;
    println!("the loop goes on");
}
