//! S-LOOP-2: a callback that queues itself for ever keeps no timer from firing.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa::{Promise, get_running_loop};

fn again(fired: Rc<Cell<bool>>, over: Promise<()>) {
    if fired.get() {
        println!("the callback sees it and ends");
        over.set_result(()).unwrap();
    } else {
        get_running_loop().call_soon(|| again(fired, over));
    }
}

pub(crate) async fn main() {
    let (fired, over) = (Rc::new(Cell::new(false)), Promise::new());
    let timer = fired.clone();
    get_running_loop().call_later(Duration::ZERO, move || {
        println!("the timer fires");
        timer.set(true);
    });
    println!("the callback goes on and on");
    again(fired, over.clone());
    over.await.unwrap();
    println!("over");
}
